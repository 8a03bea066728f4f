using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Engine.Runs;
using Autopilot.Platform.Processes;
using Autopilot.Rendering;
using Autopilot.Workflows.Missions;

namespace Autopilot.Commands.Demo;

/// <summary>One demo from its repository to its proof.</summary>
/// <param name="agent">A real agent; null for the scripted ones.</param>
internal sealed class DemoShow(Application application, string? agent, bool keep, bool json)
{
    private readonly DemoNarrator narrator = new(application.Terminal);
    private readonly long began = application.Clock.GetTimestamp();

    public async Task<int> Run(CancellationToken cancellation)
    {
        using var processes = new ProcessSupervisor(application.Clock);
        var folder = new DemoFolder(application, processes, agent);
        try
        {
            return await Run(folder, new DemoProgram(processes, folder, narrator.Saw), cancellation);
        }
        finally
        {
            if (!keep) Directory.Delete(folder.Path, recursive: true);
        }
    }

    private async Task<int> Run(DemoFolder folder, DemoProgram program, CancellationToken cancellation)
    {
        await folder.Prepare(cancellation);
        Introduce(folder);
        var before = await folder.Checkout(cancellation);
        var own = new List<DemoPromise>();
        narrator.Title("1. A mission");
        narrator.Tell($"$ autopilot mission \"{DemoScene.Objective}\"");
        if (agent is null) own.AddRange(await Interrupted(program, cancellation));
        else await program.Run(["mission", DemoScene.Objective], cancellation);
        narrator.Title($"{(agent is null ? 3 : 2)}. What is on green, and the proof");
        var (id, journal) = await Journal(folder, agent is null);
        var log = (await folder.Log(cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        narrator.Tell($"$ git log --first-parent {DemoFolder.Green}");
        foreach (var line in log) application.Terminal.Note("    " + Readable.Line(line, 90));
        var (passed, output) = await folder.CheckCleanClone(cancellation);
        narrator.Tell($"$ git clone --branch {DemoFolder.Green} words clean-clone && clean-clone/check");
        foreach (var line in output.Split('\n')) application.Terminal.Note("    " + Readable.Line(line, 90));
        own.Add(new("clean_clone", "a clean clone of green passes the check", passed));
        own.Add(new("checkout_untouched", "the checkout, its index and its branch are as they were", await folder.Checkout(cancellation) == before));
        return Conclude(folder, new DemoReport(false, agent ?? "scripted", id, 0, [.. journal, .. own], log, keep ? folder.Path : null));
    }

    /// <summary>The mission with a kill in its middle.</summary>
    private async Task<IReadOnlyList<DemoPromise>> Interrupted(DemoProgram program, CancellationToken cancellation)
    {
        var landed = false;
        var killed = await program.Run(["mission", DemoScene.Objective], line => (landed |= DemoNarrator.VerbOf(line) == "landed") && DemoNarrator.VerbOf(line) == "worked", cancellation);
        narrator.Title($"2. kill -9 (the program was gone at once: exit code {killed}), and a resume");
        narrator.Tell("It had no chance to write anything down. Its agents died with it. Now:");
        narrator.Tell("$ autopilot mission resume");
        var resumed = await program.Run(["mission", "resume"], cancellation);
        return
        [
            new("killed", "the whole program was killed with kill -9 in the middle", killed == DemoProgram.Killed),
            new("resumed", "it was resumed and went on to its end", resumed == ExitCodes.Done),
        ];
    }

    private async Task<(string Id, IReadOnlyList<DemoPromise> Promises)> Journal(DemoFolder folder, bool scripted)
    {
        await using var state = RepositoryState.Open(folder.Repository, application.Clock);
        var engine = new RunEngine(state.Store, application.Clock);
        var mission = (await engine.List()).FirstOrDefault(r => r.Workflow == MissionWorkflow.Name) ?? throw new UserErrorException("No mission came about; what the program said is above.", ExitCodes.Failed);
        var history = await MissionReplay.History(engine, mission.Id);
        if (history.Count == 0) throw new UserErrorException("The mission ended before its first fact; what the program said is above.", ExitCodes.Failed);
        return (mission.Id, scripted ? DemoEvidence.Of(history) : DemoEvidence.Always(history[^1].After));
    }

    private void Introduce(DemoFolder folder)
    {
        narrator.Title(agent is null ? "Autopilot, with scripted agents" : $"Autopilot, with {agent}");
        narrator.Tell(agent is null
            ? "The engine, git, the processes and the checks are real. The agents are not: a shell script plays planner, workers, reviewer and auditor, and makes on purpose the mistakes that real agents make. It needs no key and no network."
            : $"Everything is real, and {agent} plays every role. Nothing is staged; it may spend at most 5 USD.");
        narrator.Tell($"A small repository was made for it: {folder.Repository}");
    }

    private int Conclude(DemoFolder folder, DemoReport report)
    {
        var passed = report.Promises.All(p => p.Held);
        var time = application.Clock.GetElapsedTime(began);
        narrator.Title("What was promised, and was observed");
        foreach (var promise in report.Promises)
            application.Terminal.Note($"  {(promise.Held ? application.Terminal.PaintError(Colour.Green, "yes") : application.Terminal.PaintError(Colour.Red, "NO "))}  {Readable.Line(promise.Text, 88)}");
        narrator.Tell($"{Readable.Time(time)} in all.{(keep ? $" Everything is in {folder.Path}" : " The folder is removed; --keep keeps it.")}");
        narrator.Tell("Next, in a repository of your own: autopilot doctor, then autopilot mission --verify \"./your-tests\" \"OBJECTIVE\"");
        if (json) application.Terminal.Json(report with { Passed = passed, Seconds = Math.Round(time.TotalSeconds, 1) }, DemoJson.Default.DemoReport);
        return passed ? ExitCodes.Done : ExitCodes.Failed;
    }
}
