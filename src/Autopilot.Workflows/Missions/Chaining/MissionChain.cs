namespace Autopilot.Workflows.Missions.Chaining;

/// <summary>
/// Goes from one mission of a chain to the next. A mission's successor has a name that only one run may have, so that whoever goes on
/// after a crash, or twice at once, begins none a second time.
/// </summary>
public sealed class MissionChain(IChainedMissions missions)
{
    /// <param name="id">A mission that was executed.</param>
    /// <param name="approved">True when a person has already asked for the next one.</param>
    /// <returns>The last mission that was executed or had been before; the given one when none follows.</returns>
    public async Task<string> Follow(string id, bool approved, CancellationToken cancellation)
    {
        while (await missions.ProposalOf(id) is { } proposal)
        {
            var next = await missions.SuccessorOf(id);
            if (next is null && !approved && !await missions.Agrees(id, proposal)) return id;
            next ??= await missions.Begin(id, proposal, cancellation);
            await missions.Execute(next, cancellation);
            (id, approved) = (next, false);
        }

        return id;
    }
}
