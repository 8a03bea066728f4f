using Autopilot.Core.Agents;

namespace Autopilot.RealAgents.Tests;

/// <summary>What only Codex has.</summary>
[Collection(RealAgentsCollection.Name)]
public class CodexTests(RealAgents agents)
{
    [SkippableFact]
    public async Task A_patch_that_does_not_apply_leaves_no_line_in_the_stream_and_its_claim_is_not_believed()
    {
        using var bench = agents.Open();
        bench.Write("app.txt", "nothing of the kind\n");
        var outcome = await bench.Run("codex", "edit-file");
        Assert.True(outcome.Failure == FailureKind.ClaimWithoutEvidence, WorkTests.Describe(outcome));
        lock (bench.Events) Assert.DoesNotContain(bench.Events, e => e is FileChanged or ToolCall { Tool: "apply_patch" });
    }

    [SkippableFact]
    public async Task A_lost_session_is_recognised_and_no_other_is_begun_in_its_place()
    {
        using var bench = agents.Open();
        WorkTests.Completed(await bench.Run("codex", "hello"));
        var request = bench.Ask("hello") with { ResumeSessionId = Guid.NewGuid().ToString() };
        var outcome = await bench.Run("codex", request, []);
        Assert.True(outcome.Failure == FailureKind.SessionLost, WorkTests.Describe(outcome));
        Assert.Equal(0, bench.RequestsOf(request.Prompt));
    }
}
