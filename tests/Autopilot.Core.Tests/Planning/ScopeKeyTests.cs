using Autopilot.Core.Planning;

namespace Autopilot.Core.Tests.Planning;

public class ScopeKeyTests
{
    [Fact]
    public void A_scope_has_the_same_key_each_time_it_is_asked_about() =>
        Assert.Equal(ScopeKey.Below("plan/1", 2, "the parser"), ScopeKey.Below("plan/1", 2, "the parser"));

    [Fact]
    public void Another_scope_at_the_same_place_the_same_scope_elsewhere_and_one_below_another_each_have_a_key_of_their_own()
    {
        var parser = ScopeKey.Below("plan/1", 1, "the parser");
        string[] keys =
        [
            parser, ScopeKey.Below("plan/1", 1, "the lexer"), ScopeKey.Below("plan/1", 2, "the parser"), ScopeKey.Below("plan/2", 1, "the parser"),
            ScopeKey.Below(parser, 1, "errors"), ScopeKey.Below(ScopeKey.Below("plan/1", 1, "the lexer"), 1, "errors"), ScopeKey.Below("plan/1", 11, "the parser"),
        ];
        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.Matches("^[a-z0-9/-]+$", key));
    }
}
