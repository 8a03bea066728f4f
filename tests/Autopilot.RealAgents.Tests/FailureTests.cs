using Autopilot.Core.Agents;

namespace Autopilot.RealAgents.Tests;

/// <summary>What goes wrong at the provider, as it comes out of the real CLIs.</summary>
[Collection(FailingProvidersCollection.Name)]
public class FailureTests(RealAgents agents)
{
    [SkippableTheory]
    [InlineData("claude", "err-401", FailureKind.BadKey)]
    [InlineData("claude", "err-404", FailureKind.UnknownModel)]
    [InlineData("claude", "err-429", FailureKind.RateLimit)]
    [InlineData("claude", "err-529", FailureKind.Overload)]
    [InlineData("claude", "err-credit", FailureKind.NoQuota)]
    [InlineData("claude", "err-context", FailureKind.ContextOverflow)]
    [InlineData("claude", "broken-stream", FailureKind.BrokenStream)]
    [InlineData("claude", "bad-sse", FailureKind.MalformedOutput)]
    [InlineData("codex", "err-401", FailureKind.BadKey)]
    [InlineData("codex", "err-429", FailureKind.RateLimit)]
    [InlineData("codex", "err-529", FailureKind.Overload)]
    [InlineData("codex", "err-context", FailureKind.ContextOverflow)]
    [InlineData("codex", "broken-stream", FailureKind.BrokenStream)]
    public async Task Each_failure_becomes_its_outcome(string agent, string scenario, FailureKind expected)
    {
        using var bench = agents.Open();
        var request = bench.Ask(scenario);
        var outcome = await bench.Run(agent, request, []);
        Assert.True(outcome.Failure == expected, WorkTests.Describe(outcome));
        Assert.NotEqual(OutcomeKind.Completed, outcome.Kind);
        // Left alone, the CLIs ask 11 and 30 times, over minutes.
        Assert.InRange(bench.RequestsOf(request.Prompt), 1, 9);
        if (expected is FailureKind.BadKey or FailureKind.RateLimit or FailureKind.Overload or FailureKind.NoQuota) Assert.Equal(0m, outcome.CostUsd);
    }

    [SkippableTheory]
    [InlineData("claude", "err-429-once")]
    [InlineData("claude", "err-529-twice")]
    [InlineData("claude", "sse-error")]
    [InlineData("codex", "err-529-twice")]
    [InlineData("codex", "broken-once")]
    public async Task What_passes_is_survived(string agent, string scenario)
    {
        using var bench = agents.Open();
        WorkTests.Completed(await bench.Run(agent, scenario));
    }
}
