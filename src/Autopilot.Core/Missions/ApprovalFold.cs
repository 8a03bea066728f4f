using Autopilot.Core.Governance;

namespace Autopilot.Core.Missions;

/// <summary>What a person's word changes.</summary>
internal static class ApprovalFold
{
    public static MissionState WasAsked(MissionState state, ApprovalAsked fact)
    {
        var asked = new Approval(fact.Gate, fact.Subject, fact.DueAt);
        return state.Approvals.ContainsKey(asked.Key) ? state : state with { Approvals = state.Approvals.Add(asked.Key, asked) };
    }

    /// <summary>An answer is given once: whoever answers later, or what nobody asked, changes nothing.</summary>
    public static MissionState WasAnswered(MissionState state, ApprovalGiven fact)
    {
        if (state.Approvals.GetValueOrDefault(fact.Key) is not { Approved: null } asked) return state;
        state = state with { Approvals = state.Approvals.SetItem(fact.Key, asked with { Approved = fact.Approved }) };
        return state.InOrder.FirstOrDefault(u => u.Status == UnitStatus.Approving && MergeOf(u) == fact.Key) is { } unit
            ? UnitFold.MergeWasAnswered(state, unit, fact)
            : state;
    }

    /// <summary>The question whether the present attempt of a unit may be merged.</summary>
    public static string MergeOf(UnitState unit) => Approval.KeyOf(Gates.LargeMerge, SubjectOf(unit));

    public static string SubjectOf(UnitState unit) => $"{unit.Id}/{DoWork.Name(unit.Attempt, unit.Winner)}";
}
