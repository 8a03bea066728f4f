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
        if (RepairFold.QuestionOf(state) == fact.Key) return RepairFold.WasAnswered(state, fact);
        return state.InOrder.FirstOrDefault(u => QuestionOf(u) == fact.Key) is { } unit
            ? UnitFold.WasAnswered(state, unit, fact)
            : state;
    }

    /// <summary>The question that the present attempt of a unit waits for; null when it waits for none.</summary>
    public static string? QuestionOf(UnitState unit) => unit is { Status: UnitStatus.Approving, Gate: { } gate } ? Approval.KeyOf(gate, SubjectOf(unit)) : null;

    public static string SubjectOf(UnitState unit) => $"{unit.Id}/{DoWork.Name(unit.Attempt, unit.Winner)}";
}
