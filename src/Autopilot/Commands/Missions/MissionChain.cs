using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Runs;
using Autopilot.Rendering;
using Autopilot.Workflows.Missions;

namespace Autopilot.Commands.Missions;

/// <summary>
/// Goes from one mission of a chain to the next. A mission's successor has a name that only one run may have, so that whoever goes on
/// after a crash, or twice at once, begins none a second time.
/// </summary>
internal sealed class MissionChain(Application application, Workplace place, MissionRun run)
{
    /// <param name="id">A mission that was executed.</param>
    /// <param name="code">What it ended with.</param>
    /// <param name="approved">True when a person has already asked for the next one.</param>
    /// <returns>What the last mission ended with.</returns>
    public async Task<int> Follow(string id, int code, bool approved, CancellationToken cancellation)
    {
        while (await ProposalOf(id) is { } proposal)
        {
            var next = await place.Engine.Named(ChainLink.NameAfter(id));
            if (next is null && !approved && !await Approved(id, proposal)) return code;
            next ??= await Begin(id, proposal, cancellation);
            if ((await place.Engine.Get(next)).State != RunState.Completed) code = await run.Execute(next, acceptChanges: false, cancellation);
            (id, approved) = (next, false);
        }

        return code;
    }

    private async Task<Proposal?> ProposalOf(string id) =>
        (await place.Engine.Get(id)).State == RunState.Completed ? (await MissionReplay.Report(place.Engine, id)).Proposal : null;

    private async Task<bool> Approved(string id, Proposal proposal)
    {
        if ((await MissionReplay.Request(place.Engine, id)).ApproveAll) return true;
        application.Terminal.Note($"The next mission, ambition {proposal.Ambition} of 10: {Readable.Plain(proposal.Objective)}\n({Readable.Plain(proposal.Rationale)})");
        if (application.Terminal.Ask("Begin it?")) return true;
        application.Terminal.Note($"It was not begun. Begin it with: autopilot mission next {id}");
        return false;
    }

    private async Task<string> Begin(string id, Proposal proposal, CancellationToken cancellation)
    {
        var request = await MissionReplay.Request(place.Engine, id);
        var report = await MissionReplay.Report(place.Engine, id);
        var left = ChainLink.Left(request.Settings, report.CostUsd, report.Duration)
            ?? throw new UserErrorException($"The chain of mission {id} has used up its budget or its time. Begin a mission of its own: autopilot mission \"OBJECTIVE\"");
        return await run.Create(await run.From(request with
        {
            Objective = proposal.Objective,
            Settings = left,
            Cleanup = proposal.Cleanup,
            Chain = request.Chain!.Next(id),
        }, cancellation), ChainLink.NameAfter(id));
    }
}
