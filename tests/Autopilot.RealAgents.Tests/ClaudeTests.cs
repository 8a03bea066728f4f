using Autopilot.Core.Agents;

namespace Autopilot.RealAgents.Tests;

/// <summary>What only Claude Code has.</summary>
[Collection(RealAgentsCollection.Name)]
public class ClaudeTests(RealAgents agents)
{
    [SkippableFact]
    public async Task The_turn_limit_ends_it()
    {
        using var bench = agents.Open();
        var outcome = await bench.Run("claude", "five-turns", r => r with { Limits = r.Limits with { Turns = 2 } });
        Assert.True((outcome.Kind, outcome.Limit) == (OutcomeKind.Limited, LimitKind.Turns), WorkTests.Describe(outcome));
        Assert.Equal("1\n2\n", bench.Text("turns.txt"));
    }

    [SkippableFact]
    public async Task The_budget_ends_it()
    {
        using var bench = agents.Open();
        var outcome = await bench.Run("claude", "costly", r => r with { Limits = r.Limits with { BudgetUsd = 2m } });
        Assert.True((outcome.Kind, outcome.Limit) == (OutcomeKind.Limited, LimitKind.Budget), WorkTests.Describe(outcome));
        Assert.True(outcome.CostUsd > 2m && outcome.CostUsd < 5m, $"{outcome.CostUsd}");
    }

    [SkippableFact]
    public async Task A_fork_is_another_session_with_the_same_past()
    {
        using var bench = agents.Open();
        var first = bench.Ask("hello");
        var begun = await bench.Run("claude", first, []);

        var forked = await bench.Run("claude", bench.Ask("write-file") with { ResumeSessionId = begun.SessionId, UsageBefore = begun.Usage }, ["--fork-session"]);

        WorkTests.Completed(forked);
        Assert.NotEqual(begun.SessionId, forked.SessionId);
        Assert.Equal(3, bench.RequestsOf(first.Prompt));
        Assert.Equal(100, forked.Usage.Output);
    }

    [SkippableFact]
    public async Task Read_only_access_changes_nothing_and_says_what_was_denied()
    {
        using var bench = agents.Open();
        var outcome = await bench.Run("claude", "write-file", r => r with { Access = AgentAccess.ReadOnly });
        Assert.False(File.Exists(bench.PathOf("hello.txt")));
        Assert.Equal(["Bash"], outcome.Denials);
    }

    [SkippableFact]
    public async Task What_a_subagent_says_and_ends_is_not_the_end_of_the_session()
    {
        using var bench = agents.Open();
        var outcome = await bench.Run("claude", "subagent");
        WorkTests.Completed(outcome);
        Assert.Equal("hello from the model\n", bench.Text("hello.txt"));
        Assert.Equal("The subagent finished.", outcome.FinalText);
        lock (bench.Events) Assert.Contains(bench.Events, e => e is Subagent);
    }

    [SkippableFact]
    public async Task A_lost_session_is_recognised()
    {
        using var bench = agents.Open();
        var outcome = await bench.Run("claude", "hello", r => r with { ResumeSessionId = Guid.NewGuid().ToString() });
        Assert.True(outcome.Failure == FailureKind.SessionLost, WorkTests.Describe(outcome));
    }
}
