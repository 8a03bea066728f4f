using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Core.Runs;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>Puts the question of a gate to a person, worded for that gate.</summary>
internal sealed class AskEffect(MissionContext mission)
{
    private const int MostOfADiff = 60_000;
    private static readonly string[] Choices = [Answer.Approval, "deny"];

    public async Task<MissionFact> Carry(AskApproval action, MissionState state, CancellationToken cancellation)
    {
        var (text, detail) = action.Gate switch
        {
            Gates.LargeMerge when action.Subject.StartsWith(RepairBase.Prefix, StringComparison.Ordinal) => await Repair(state, cancellation),
            Gates.LargeMerge => await Merge(UnitOf(action, state), cancellation),
            Gates.DishonestWork => await Checks(UnitOf(action, state), cancellation),
            Gates.Push => await Push(state, cancellation),
            _ => throw new ArgumentException($"No question is worded for the gate {action.Gate}.", nameof(action)),
        };
        var key = Approval.KeyOf(action.Gate, action.Subject);
        var desk = mission.Parts.Approvals;
        var asked = await desk.Put(mission.RunId, key, new Question(action.Gate, text, detail, Choices, OnTimeout: "deny"));
        if (asked.Answer is null && mission.Request.ApproveAll) await desk.Give(mission.RunId, key, Answer.Approval, "user", "mission --approve-all");
        return new ApprovalAsked(action.Gate, action.Subject, asked.Question.Text, asked.DueAt);
    }

    private async Task<(string Text, string Detail)> Merge(UnitState unit, CancellationToken cancellation) =>
        ($"May {unit.Id} ({unit.Unit.Title}) be merged? It changes {unit.Size.Lines} lines in {unit.Size.Files} files.", $"{unit.Unit.Description}\n\n{await Diff(unit, cancellation)}");

    private async Task<(string Text, string Detail)> Repair(MissionState state, CancellationToken cancellation)
    {
        var found = state.Repair!;
        var diff = await mission.Parts.Checkpoints.Diff(new CommitId(state.Base), new CommitId(found.Commit), MostOfADiff, cancellation);
        return ($"May the repair of the red starting tree land? It changes {found.Size.Lines} lines in {found.Size.Files} files.", $"It passed verification.\n\n{diff}");
    }

    private async Task<(string Text, string Detail)> Checks(UnitState unit, CancellationToken cancellation) =>
        ($"May {unit.Id} ({unit.Unit.Title}) go on? It seems to please the checks instead of doing the work.", $"{unit.Reason}\n\n{unit.Unit.Description}\n\n{await Diff(unit, cancellation)}");

    private Task<string> Diff(UnitState unit, CancellationToken cancellation) =>
        mission.Parts.Checkpoints.Diff(new CommitId(unit.Base!), new CommitId(unit.Commit!), MostOfADiff, cancellation);

    private async Task<(string Text, string Detail)> Push(MissionState state, CancellationToken cancellation)
    {
        var (from, to) = (new CommitId(state.Push.Commit ?? state.Base), new CommitId(state.Green!));
        var units = state.InOrder.Where(u => u.Status == UnitStatus.Landed).Select(u => $"- {u.Id}: {u.Unit.Title}");
        var diff = await mission.Parts.Checkpoints.Diff(from, to, MostOfADiff, cancellation);
        return ($"May {mission.Request.Green} be pushed to {mission.Parts.Remote?.Name} at {to.Short}?", $"Landed by this mission:\n{string.Join('\n', units)}\n\n{diff}");
    }

    private static UnitState UnitOf(AskApproval action, MissionState state) => state.Units[action.Subject.Split('/')[0]];
}
