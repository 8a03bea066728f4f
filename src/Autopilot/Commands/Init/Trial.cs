using System.Globalization;
using Autopilot.Composition;
using Autopilot.Core.Merging;
using Autopilot.Core.Verification;

namespace Autopilot.Commands.Init;

/// <summary>Runs a proposed verification once, as a mission would: on a clean checkout of a commit, never in the user's own.</summary>
internal sealed class Trial(Application application, Workplace place, RepositoryPlace repository)
{
    /// <summary>The exit code of a shell that finds no such command. Source: POSIX, 2.8.2.</summary>
    private const int NotFound = 127;

    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(10);

    public async Task<TrialReport> Run(VerificationPlan plan, CommitId commit, CancellationToken cancellation)
    {
        application.Terminal.Note($"Running {string.Join(" and then ", plan.Nodes.Select(n => $"'{n.Command}'"))} on a clean checkout of {commit.Short} ...");
        var workspace = await repository.Pool.Acquire($"init/{Environment.ProcessId}", commit, cancellation);
        try
        {
            var report = await Watched(Verifying.Verifier(application, place).Verify(plan, workspace.Folder, output: null, cancellation), cancellation);
            var counts = report.Counts;
            return new TrialReport(commit.Hash, report.Passed, report.Nodes.Any(n => n.Required && n.ExitCode == NotFound), report.Duration.TotalSeconds, counts?.Passed, counts?.Failed, counts?.Skipped, report.FailingTests, report.Detail);
        }
        finally
        {
            await repository.Pool.Discard(workspace, CancellationToken.None);
        }
    }

    private async Task<VerificationReport> Watched(Task<VerificationReport> verification, CancellationToken cancellation)
    {
        var began = application.Clock.GetTimestamp();
        while (await Task.WhenAny(verification, Task.Delay(BetweenNotes, application.Clock, cancellation)) != verification && !cancellation.IsCancellationRequested)
            application.Terminal.Note(string.Create(CultureInfo.InvariantCulture, $"  still running after {application.Clock.GetElapsedTime(began).TotalSeconds:F0} s"));
        return await verification;
    }
}
