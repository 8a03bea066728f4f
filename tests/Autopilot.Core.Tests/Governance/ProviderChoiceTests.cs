using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;

namespace Autopilot.Core.Tests.Governance;

public class ProviderChoiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(0, 60, null)]
    [InlineData(1, 61, null)]
    [InlineData(1, 3600, 60)]
    [InlineData(0, 3600, 7200)]
    [InlineData(0, 7200, 3600)]
    public void The_first_is_chosen_unless_it_must_be_waited_for_and_another_need_not(int chosen, int? first, int? second) =>
        Assert.Equal(chosen, ProviderChoice.Decide([first is { } a ? Now.AddSeconds(a) : null, second is { } b ? Now.AddSeconds(b) : null], Now));

    [Fact]
    public void A_role_is_bound_to_one_or_to_several()
    {
        var configuration = EffectiveConfiguration.Join(ConfigurationCatalogue.Product, [new ConfigurationLayer("a.yaml", ConfigurationText.Parse("""
            roles:
              worker: [claude, { agent: codex, model: gpt }]
              reviewer: codex
            """, "a.yaml"))]);
        Assert.Equal(new RoleBinding("claude", null, new RoleBinding("codex", "gpt")), configuration.RoleOf("worker"));
        Assert.Equal(["codex"], configuration.RoleOf("reviewer").All.Select(binding => binding.Agent));
        Assert.Throws<ConfigurationException>(() => EffectiveConfiguration.Join(ConfigurationCatalogue.Product, [new ConfigurationLayer("a.yaml", ConfigurationText.Parse("roles: { worker: [] }", "a.yaml"))]));
    }
}
