namespace Autopilot.Core.Missions;

/// <summary>Tests that do not run any more though no task asked for that: what a diff does not show, the counts of the same command do.</summary>
public static class TestLoss
{
    /// <param name="state">The mission before the fact.</param>
    /// <returns>The fact; a failed one where it passed with fewer tests than what it was built on.</returns>
    public static BatchVerified Judged(MissionState state, BatchVerified fact) =>
        state.Batches.Find(b => b.Number == fact.Batch) is { } batch && Of(state, batch, fact) is { } loss
            ? fact with { Verdict = Verdict.Failed, Detail = loss, LosesTests = true }
            : fact;

    /// <summary>What was lost, in a sentence; null when nothing was, or when it cannot be known.</summary>
    private static string? Of(MissionState state, Batch batch, BatchVerified fact)
    {
        if (fact is not { Verdict: Verdict.Passed, Counts.Passed: var now } || batch.TakesIn is not null || MayLose(state, batch)) return null;
        var before = batch.Assumes is null ? null : state.Batches.Find(b => b.Number == batch.Assumes);
        // What is assumed to pass may lose some itself before its count is known.
        var then = before is null || before.Tests is null && !MayLose(state, before) ? state.GreenTests : before.Tests;
        return now < then ? $"{now} tests pass with it, and {then} without it: tests were switched off, and no task asks for that." : null;
    }

    private static bool MayLose(MissionState state, Batch batch) => batch.TakesIn is not null || batch.Units.Any(u => state.Units[u] is { Unit.MayChangeChecks: true } or { Vouched: true });
}
