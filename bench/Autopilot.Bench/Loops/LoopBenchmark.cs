using System.Diagnostics;
using System.Globalization;
using Autopilot.Bench.Governance;
using Autopilot.Bench.Landing;
using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Core.Verification;
using Autopilot.Engine.Recording;
using Autopilot.Engine.Runs;
using Autopilot.Platform.Sql;
using Autopilot.Workflows.Loops;
using Autopilot.Workflows.Loops.Spaces;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Bench.Loops;

/// <summary>What a loop itself costs: agents that answer at once, in this process.</summary>
internal sealed class LoopBenchmark : IBenchmark
{
    private const int Cycles = 24;
    private const int Runs = 5;
    private const int ManyFiles = 20_000;

    public string Name => "loop";

    public string About => $"A loop whose agents answer at once, so that all time is ours: one pair for {Cycles} cycles of a producer that writes a file and a verifier that is not content, with journal, recordings and readable state; without git on {ScratchRepository.Files} files, with git on {ScratchRepository.Files} and on {ManyFiles} files. The best of {Runs} runs.";

    public async Task<IReadOnlyList<BenchmarkRow>> Run(CancellationToken cancellation)
    {
        using var small = await ScratchRepository.Create(cancellation);
        var plain = await Best(number => new SnapshotLoopSpace(Copy(small.User.Root, Path.Combine(small.Folder, $"plain{number}")), Path.Combine(small.Folder, $"plain-home{number}"), TimeProvider.System));
        var started = small.Git.Started;
        var withGit = await Best(number => Beside(small, number));
        var processes = (double)(small.Git.Started - started) / Runs / Cycles;
        using var large = await ScratchRepository.Create(cancellation, ManyFiles);
        var many = await Best(number => Beside(large, number), runs: 3);
        return
        [
            new("a turn without git", Milliseconds(plain / 2), "≤ 5 ms"),
            new("a pair cycle with git", Milliseconds(withGit), "≤ 25 ms"),
            new("git processes per cycle, with begin and end", processes.ToString("F1", CultureInfo.InvariantCulture), "≤ 6 in the cycle"),
            new($"a pair cycle with git, {ManyFiles} files", Milliseconds(many), "≤ 100 ms"),
        ];
    }

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture)} ms";

    private static GitLoopSpace Beside(ScratchRepository scratch, int number) =>
        new(scratch.Git, new GitSpaceSettings($"run{number}", scratch.User.Root, "", Path.Combine(scratch.Folder, "ours"), Path.Combine(scratch.Folder, "loops.jsonl"), $"autopilot/loop{number}"), TimeProvider.System, new MergeGate(new GrantingGovernor(), "bench"));

    private static string Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/.git/", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return to;
    }

    private static async Task<TimeSpan> Best(Func<int, ILoopSpace> space, int runs = Runs)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < runs; i++)
            if (await Once(space(i)) is var took && took < best) best = took;
        return best;
    }

    /// <summary>The time of one cycle: from the first verdict to the last, so that opening and publishing are not in it.</summary>
    private static async Task<TimeSpan> Once(ILoopSpace space)
    {
        using var folder = new ScratchFolder();
        await using var store = Store.Open(new SqliteDialect(Path.Combine(folder.Path, "autopilot.db")), TimeProvider.System, RunSchema.Tables);
        var marks = new List<long>();
        var flow = LoopWorkflow.Of((_, _) => Parts(space, folder.Path, marks));
        var request = new LoopRequest { TaskId = "bench", Request = "Go round.", Pairs = ["implement"], MaxIterations = Cycles };
        await new RunEngine(store, TimeProvider.System, new RunEngineOptions { WaitsInProcess = false }).Start(flow, request, "bench", RunSettings.None, CancellationToken.None);
        return Stopwatch.GetElapsedTime(marks[0], marks[^1]) / (marks.Count - 1);
    }

    private static LoopParts Parts(ILoopSpace space, string folder, List<long> marks)
    {
        var sessions = new AgentSessions(new SessionParts
        {
            AgentFor = AgentFor,
            Governor = new OpenGovernor(),
            Redactor = SecretRedactor.FromEnvironment([]),
            Clock = TimeProvider.System,
            RunFolder = _ => folder,
            Version = "bench",
        });
        return new LoopParts
        {
            Templates = new LoopTemplates(),
            Session = sessions.Run,
            AgentFor = AgentFor,
            Verifier = new NoVerifier(),
            Space = space,
            Folder = folder,
            Redact = text => text,
            Clock = TimeProvider.System,
            Progress = (key, _) =>
            {
                if (key.EndsWith("/verdict", StringComparison.Ordinal)) marks.Add(Stopwatch.GetTimestamp());
            },
        };
    }

    private static (IAgent Agent, string? Model) AgentFor(string role) => (new InstantAgent(role == "reviewer"), null);

    private sealed class NoVerifier : IVerifier
    {
        public Task<VerificationReport> Verify(VerificationPlan plan, string folder, string? output, CancellationToken cancellation) => throw new NotSupportedException("There is nothing to verify with.");
    }
}
