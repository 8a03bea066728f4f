using Autopilot.Bench.Analysis;
using Autopilot.Bench.Landing;
using Autopilot.Bench.Governance;
using Autopilot.Bench.Loops;
using Autopilot.Bench.Missions;
using Autopilot.Bench.Redaction;
using Autopilot.Bench.Runs;
using Autopilot.Bench.Sessions;
using Autopilot.Bench.StartUp;
using Autopilot.Bench.Translation;

namespace Autopilot.Bench;

/// <summary>All benchmarks. A new one is one line here.</summary>
internal static class Benchmarks
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new RedactionBenchmark(),
        new StartUpBenchmark(),
        new GovernorBenchmark(),
        new KillPathBenchmark(),
        new MissionBenchmark(),
        new ShortMissionBenchmark(),
        new SessionBenchmark(),
        new WatchBenchmark(),
        new StreamBenchmark(),
        new HundredAgentsBenchmark(),
        new JournalBenchmark(),
        new TranslationBenchmark(),
        new AnalysisBenchmark(),
        new ConversationBenchmark(),
        new WorkspaceBenchmark(),
        new LandingBenchmark(),
        new LoopBenchmark(),
    ];
}
