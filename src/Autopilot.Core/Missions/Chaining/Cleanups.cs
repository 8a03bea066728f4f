using Autopilot.Core.Verification;

namespace Autopilot.Core.Missions.Chaining;

/// <summary>Missions that tidy up after others.</summary>
public static class Cleanups
{
    /// <summary>Who works on them where the plan names nobody else.</summary>
    public const string Specialist = "simplifier";

    /// <summary>Whether so many missions landed something since the last clean-up that one is due. Source: mission-control's cleanup_interval.</summary>
    /// <param name="newestFirst">The missions of the repository, the one that just ended included.</param>
    /// <param name="interval">0 for never.</param>
    public static bool IsDue(IEnumerable<PastMission> newestFirst, int interval) =>
        interval > 0 && newestFirst.TakeWhile(m => !m.Cleanup).Count(m => m.Landed > 0) >= interval;

    /// <param name="tests">What verification counted last; null when it counted nothing.</param>
    public static Proposal Propose(TestCounts? tests) => new(
        "Simplify what the last missions left, without changing what it does: remove duplication and dead code, divide what has grown too large, make names and structure consistent."
            + (tests is null ? " No test may get lost." : $" {tests.Passed} tests pass now; all of them must still be there and pass at the end."),
        "it is due by mission.cleanup_interval",
        Ambition: 3,
        Cleanup: true);
}
