using Autopilot.Core.Governance;

namespace Autopilot.Core.Missions;

/// <summary>How a red base becomes green: a repair is found, approved where it is large, and landed.</summary>
internal static class RepairFold
{
    public static MissionState WasFound(MissionState state, RepairFound fact) => state with { Repair = new FoundRepair(fact.Number, fact.Commit, new(fact.Lines, fact.Files)) };

    public static MissionState HasEnded(MissionState state, Repaired fact) => state with
    {
        Repairs = state.Repairs + 1,
        Repair = null,
        Green = fact.Commit,
        GreenTests = null,
        Published = fact.Commit ?? state.Published,
        BaseIsRed = fact.Commit is null,
        Landings = fact.Commit is null ? state.Landings : state.Landings.Add(fact.Commit),
    };

    /// <summary>What was denied is given up; another repair, if one is left, hears why.</summary>
    public static MissionState WasAnswered(MissionState state, ApprovalGiven fact) => fact.Approved ? state : state with
    {
        Repairs = state.Repairs + 1,
        Repair = null,
        Lessons = MissionFold.Learn(state, $"A repair of the starting tree was denied by {fact.By}{(fact.Reason.Length > 0 ? $": {fact.Reason}" : "")}"),
    };

    /// <summary>The question that the repair waits for, answered or not; null when it needs none.</summary>
    public static string? QuestionOf(MissionState state) => state.Repair is { } found && state.Settings.LargeMerge.Includes(found.Size) ? Approval.KeyOf(Gates.LargeMerge, SubjectOf(found)) : null;

    public static string SubjectOf(FoundRepair found) => $"{RepairBase.Prefix}{found.Number}";

    /// <summary>What is due while the starting tree is red.</summary>
    public static MissionAction Next(MissionState state)
    {
        if (state.Repair is { } found) return Next(state, found);
        return state.Repairs < state.Settings.Repairs
            ? new RepairBase(state.Base, state.Repairs + 1)
            : new Stop("red_base", "the starting tree does not pass verification, and no repair of it landed");
    }

    private static MissionAction Next(MissionState state, FoundRepair found)
    {
        if (QuestionOf(state) is { } question && state.Approvals.GetValueOrDefault(question) is not { Approved: true })
            return state.Approvals.GetValueOrDefault(question) is { } asked ? new Suspend(question, asked.DueAt) : new AskApproval(Gates.LargeMerge, SubjectOf(found));
        return new LandRepair(found.Commit, found.Number, state.Published);
    }
}
