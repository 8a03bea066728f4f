using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Runs;
using Autopilot.Rendering;
using Autopilot.Workflows.Missions;
using Autopilot.Workflows.Missions.Chaining;

namespace Autopilot.Commands.Missions;

/// <summary>The missions of a chain in the store of a repository; a person at the terminal agrees to the next.</summary>
/// <param name="code">What the first one ended with.</param>
internal sealed class ChainedMissions(Application application, Workplace place, MissionRun run, int code) : IChainedMissions
{
    /// <summary>What the last one that was executed ended with.</summary>
    public int Code { get; private set; } = code;

    public async Task<Proposal?> ProposalOf(string id) => await IsOver(id) ? (await MissionReplay.Report(place.Engine, id)).Proposal : null;

    public Task<string?> SuccessorOf(string id) => place.Engine.Named(ChainLink.NameAfter(id));

    public async Task<bool> Agrees(string id, Proposal proposal)
    {
        if ((await MissionReplay.Request(place.Engine, id)).ApproveAll) return true;
        application.Terminal.Note($"The next mission, ambition {proposal.Ambition} of 10: {Readable.Plain(proposal.Objective)}\n({Readable.Plain(proposal.Rationale)})");
        if (application.Terminal.Ask("Begin it?")) return true;
        application.Terminal.Note($"It was not begun. Begin it with: autopilot mission next {id}");
        return false;
    }

    public async Task<string> Begin(string id, Proposal proposal, CancellationToken cancellation)
    {
        var report = await MissionReplay.Report(place.Engine, id);
        var next = (await MissionReplay.Request(place.Engine, id)).After(id, proposal, report.CostUsd, report.Took)
            ?? throw new UserErrorException($"The chain of mission {id} has used up its budget or its time. Begin a mission of its own: autopilot mission \"OBJECTIVE\"");
        return await run.Create(await run.From(next, cancellation), ChainLink.NameAfter(id));
    }

    public async Task Execute(string id, CancellationToken cancellation)
    {
        if (!await IsOver(id)) Code = await run.Execute(id, acceptChanges: false, cancellation);
    }

    private async Task<bool> IsOver(string id) => (await place.Engine.Get(id)).State == RunState.Completed;
}
