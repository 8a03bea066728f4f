using Autopilot.Core.Merging;
using Autopilot.Core.Missions;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>Builds batches without any checkout, and moves green to what was verified.</summary>
internal sealed class BatchEffect(MissionContext mission)
{
    private const int MostOfAConflict = 20_000;

    public async Task<MissionFact> Carry(BuildBatch action, MissionState state, CancellationToken cancellation)
    {
        var (onto, tip, tree) = (new CommitId(action.Onto), new CommitId(action.Onto), "");
        var (included, conflicts) = (new List<string>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var id in action.Units)
        {
            var unit = state.Units[id];
            var merged = await mission.Parts.Integration.Merge(tip, new CommitId(unit.Commit!), Message(unit), cancellation);
            if (merged.Commit is { } commit)
            {
                (tip, tree) = (commit, merged.Tree);
                included.Add(id);
            }
            else conflicts[id] = await BothSides(unit, onto, merged.Conflicts, cancellation);
        }

        // The commits in between were never verified: green's own line goes from one verified tree to the next.
        if (included.Count > 1) tip = mission.Parts.Integration.Seal(onto, tip, tree, Message(included, state));
        return new BatchBuilt(action.Batch, action.Onto, included.Count == 0 ? null : tip.Hash, included, conflicts);
    }

    public async Task<MissionFact> Carry(Land action, CancellationToken cancellation) =>
        await mission.Advance(action.Commit, action.Expected, $"land {string.Join(' ', action.Units)}", cancellation) is { } elsewhere
            ? new LandingLost(action.Batch, elsewhere.Hash)
            : new Landed(action.Batch, action.Commit);

    private async Task<string> BothSides(UnitState unit, CommitId onto, IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var began = new CommitId(unit.Base!);
        var theirs = await mission.Parts.Checkpoints.Diff(began, onto, MostOfAConflict / 2, cancellation, paths);
        var own = await mission.Parts.Checkpoints.Diff(began, new CommitId(unit.Commit!), MostOfAConflict / 2, cancellation, paths);
        return $"In conflict: {string.Join(", ", paths)}\nWhat landed meanwhile:\n{theirs}\nWhat this unit had changed:\n{own}";
    }

    private string Message(UnitState unit) =>
        $"{unit.Unit.Title}\n\nAutopilot-Run: {mission.RunId}\nAutopilot-Unit: {unit.Id}\nAutopilot-Attempt: {DoWork.Name(unit.Attempt, unit.Winner)}\n";

    private string Message(List<string> included, MissionState state) =>
        $"Land {included.Count} units that were verified together\n\n{string.Join('\n', included.Select(id => $"- {id}: {state.Units[id].Unit.Title}"))}\n\nAutopilot-Run: {mission.RunId}\n";
}
