using System.Diagnostics;
using Autopilot.Core.Merging;
using Autopilot.Core.Verification;
using Autopilot.Engine.Recording;
using Autopilot.Engine.Verification;
using Autopilot.Git.Landing;

namespace Autopilot.Bench.Landing;

/// <summary>How fast finished work comes onto green when the verification itself takes no time.</summary>
internal sealed class LandingBenchmark : IBenchmark
{
    private const int Units = 32;

    public string Name => "landing";

    public string About => $"{Units} finished units of one file each on a repository of {ScratchRepository.Files} files, with `true` as verification: merge, clean checkout, verification, compare-and-swap of green in the user's repository. One by one, and as one batch.";

    public async Task<IReadOnlyList<BenchmarkRow>> Run(CancellationToken cancellation)
    {
        using var scratch = await ScratchRepository.Create(cancellation);
        var units = new List<CommitId>();
        for (var i = 0; i < Units; i++) units.Add(await scratch.Unit(i, cancellation));

        var started = scratch.Git.Started;
        var single = await Time(() => OneByOne(scratch, units, cancellation));
        var processes = (double)(scratch.Git.Started - started) / Units;
        var batch = await Time(() => AsBatch(scratch, units, cancellation));
        return
        [
            new("one by one", $"{Units / single:F1} units/s", "≥ 8 units/s"),
            new("git processes per unit, one by one", $"{processes:F1}", "≤ 8"),
            new($"one batch of {Units}", $"{Units / batch:F1} units/s", "≥ 20 units/s"),
        ];
    }

    private static async Task OneByOne(ScratchRepository scratch, List<CommitId> units, CancellationToken cancellation)
    {
        var (green, at) = (scratch.Green("single"), (CommitId?)null);
        foreach (var unit in units)
        {
            var merged = await new Integration(scratch.Hub, TimeProvider.System).Merge(at ?? scratch.Head, unit, "merge", cancellation);
            at = await Land(scratch, green, merged.Commit!.Value, at, cancellation);
        }
    }

    private static async Task AsBatch(ScratchRepository scratch, List<CommitId> units, CancellationToken cancellation)
    {
        var integration = new Integration(scratch.Hub, TimeProvider.System);
        var (tip, tree) = (scratch.Head, "");
        foreach (var unit in units) (tree, tip) = await integration.Merge(tip, unit, "merge", cancellation) is { Commit: { } commit } merged ? (merged.Tree, commit) : throw new InvalidOperationException("The units of a bench do not conflict.");
        await Land(scratch, scratch.Green("batch"), integration.Seal(scratch.Head, tip, tree, "land"), null, cancellation);
    }

    private static async Task<CommitId> Land(ScratchRepository scratch, GreenBranch green, CommitId commit, CommitId? expected, CancellationToken cancellation)
    {
        var verifier = new Verifier(scratch.Processes, new Dictionary<string, string>(StringComparer.Ordinal), SecretRedactor.FromEnvironment(new Dictionary<string, string>(StringComparer.Ordinal)), TestOutput.Read);
        var workspace = await scratch.Pool.Acquire("verification", commit, cancellation);
        var report = await verifier.Verify(VerificationPlan.Of("true"), workspace.Folder, output: null, cancellation);
        await scratch.Pool.Discard(workspace, cancellation);
        if (!report.Passed || !await green.Advance(commit, expected, "land", cancellation)) throw new InvalidOperationException("The landing failed.");
        return commit;
    }

    private static async Task<double> Time(Func<Task> action)
    {
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
