using Autopilot.Core.Loops.Ledger;

namespace Autopilot.Workflows.Loops.Importing;

/// <summary>A run that autoloop left behind.</summary>
/// <param name="Status">The status of its last end; running when it never came to one.</param>
/// <param name="Done">What it finished, as <c>pair</c> or <c>pair/phase</c>.</param>
/// <param name="Plan">Its phase plan; null when it has none.</param>
/// <param name="ParentId">The run whose audit it follows up; null for the first of a chain.</param>
/// <param name="Ledger">What was decided in it.</param>
public sealed record AutoloopRun(string TaskId, string RunId, string Status, string Request, IReadOnlyList<string> Done, string? Plan, string? ParentId, IReadOnlyList<LedgerEntry> Ledger)
{
    /// <summary>As there: a run that came to an end, however bad, is over.</summary>
    public bool IsResumable => Status == "running";
}
