using Autopilot.Core;
using Autopilot.Core.Planning;
using Autopilot.Testing;
using Autopilot.Workflows.Prompts;

namespace Autopilot.Workflows.Tests.Prompts;

public sealed class PromptTemplatesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_of_the_users_takes_the_place_of_ours_and_the_first_folder_wins()
    {
        folder.Write("one/missions/work.md", "Do {{title}} my way.");
        folder.Write("two/missions/work.md", "Never seen.");
        folder.Write("two/specialists/poet.md", "You are a poet.");
        var prompts = new PromptTemplates(folder["one"], folder["two"], folder["three"]);
        Assert.Equal("Do it my way.", prompts.Fill("missions/work", new Dictionary<string, string> { ["title"] = "it" }));
        Assert.Equal("You are a poet.", prompts.Fill("specialists/poet", new Dictionary<string, string>()));
        Assert.Contains("architect", prompts.Fill("missions/architect", new Dictionary<string, string> { ["title"] = "", ["description"] = "", ["criteria"] = "", ["objective"] = "", ["instructions"] = "" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_nothing_fills_is_named_with_those_there_are()
    {
        folder.Write("missions/work.md", "Do {{tittle}}.");
        var error = Assert.Throws<UserErrorException>(() => new PromptTemplates(folder.Path).Fill("missions/work", new Dictionary<string, string> { ["title"] = "it", ["files"] = "" }));
        Assert.Contains("'{{tittle}}', which nothing fills. Known places: files, title.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_specialist_that_a_plan_may_name_has_a_role() =>
        Assert.All(PlanCheck.Specialists, name => Assert.True(new PromptTemplates().Has($"specialists/{name}"), name));
}
