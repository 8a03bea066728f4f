using System.Text.Json;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Reporting;
using Autopilot.Core.Runs;
using Autopilot.Engine.Runs;
using Autopilot.Platform.Files;
using Autopilot.Workflows.Missions.Effects;

namespace Autopilot.Workflows.Missions;

/// <summary>A mission as a durable run.</summary>
public static class MissionWorkflow
{
    public const string Name = "mission";

    /// <summary>The step that asks what comes after.</summary>
    internal const string OutlookStep = "outlook";

    /// <param name="parts">Made when the run begins or goes on, from what it was given.</param>
    /// <param name="observe">Told of each fact with the state after it, replayed ones included.</param>
    public static Workflow<MissionRequest, MissionReport> Of(
        Func<string, MissionRequest, CancellationToken, Task<MissionParts>> parts, Action<MissionState, MissionFact> observe) =>
        new(Name, MissionJson.Default, (run, request) => Execute(run, request, parts, observe));

    private static async Task<MissionReport> Execute(
        IRun run, MissionRequest request, Func<string, MissionRequest, CancellationToken, Task<MissionParts>> make, Action<MissionState, MissionFact> observe)
    {
        var began = await run.Now("began");
        await using var world = new World(run, request, make, observe);
        var start = request.Start(began);
        var state = await MissionLoop.Run(run, world, start);
        var report = MissionReport.Of(run.Id, request, state, world.Chronicle, await run.Now("ended"));
        if (request.Chain?.GoesOn(state, report.CostUsd, report.Took) == true)
            report = report.With(await run.Step(OutlookStep, null, cancellation => world.LookAhead(report, cancellation)));
        await world.Close(report);
        return report;
    }

    /// <summary>Opened only when something has to be done: replay needs no world.</summary>
    private sealed class World(
        IRun run, MissionRequest request, Func<string, MissionRequest, CancellationToken, Task<MissionParts>> make, Action<MissionState, MissionFact> observe) : IMissionWorld, IAsyncDisposable
    {
        private MissionParts? parts;
        private MissionDriver? driver;
        private MissionSignals? signals;
        private MissionAnswers? answers;
        private MissionWatch? watch;

        /// <summary>Of all facts, replayed ones included.</summary>
        public Chronicle Chronicle { get; } = new();

        public async Task<IReadOnlyList<MissionFact>> NextFacts(MissionState state, CancellationToken cancellation)
        {
            if (driver is null)
            {
                parts ??= await make(run.Id, request, cancellation);
                driver = new MissionDriver(new MissionEffects(run.Id, request, parts), parts.Clock, parts.Count);
                parts.Notices.TellTo(text => driver.Post(new Noticed(text)));
                await parts.Workspaces.RescueDead(owner => owner.StartsWith(run.Id + "/", StringComparison.Ordinal), cancellation);
                signals = new MissionSignals(parts.Folder);
                signals.Deliver(driver.Post);
                answers = new MissionAnswers(run.Id, parts.Approvals, driver.Post);
                var level = new MissionLevel(parts.Degradation, driver.Post);
                await level.Look(state);
                watch = new MissionWatch(state, parts.Approvals.Poll, parts.Clock, driver.Post, answers.Look, level.Look);
            }

            // An answer that is there must not be slept over.
            if (state.SuspendedSince is not null) await answers!.Look(state);

            return await driver.NextFacts(state, cancellation);
        }

        public void Observe(MissionState state, MissionFact fact)
        {
            Chronicle.Add(state, fact);
            if (fact is Signalled { Letter.Length: > 0 } signal) signals?.Done(signal);
            watch?.Saw(state);
            observe(state, fact);
        }

        public async Task<Outlook> LookAhead(MissionReport report, CancellationToken cancellation)
        {
            parts ??= await make(run.Id, request, cancellation);
            var outlook = await new StrategyEffect(new MissionContext(run.Id, request, parts)).Propose(report, cancellation);
            return outlook.Within(request.Settings, report.CostUsd, report.Took);
        }

        public async Task Close(MissionReport report)
        {
            // The process may have died after the last fact: the report is written all the same.
            parts ??= await make(run.Id, request, run.Stopping);
            AtomicFile.Write(Path.Combine(parts.Folder, "report.json"), JsonSerializer.SerializeToUtf8Bytes(report, MissionJson.Default.MissionReport));
            AtomicFile.Write(Path.Combine(parts.Folder, "report.md"), System.Text.Encoding.UTF8.GetBytes(ReportText.Markdown(report)));
            if (answers is not null) await answers.Withdraw();
            parts.Workspaces.Forget(run.Id + "/");
        }

        public async ValueTask DisposeAsync()
        {
            signals?.Dispose();
            if (watch is not null) await watch.DisposeAsync();
            if (driver is not null) await driver.DisposeAsync();
        }
    }
}
