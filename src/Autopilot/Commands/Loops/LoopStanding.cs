namespace Autopilot.Commands.Loops;

/// <summary>A loop and its follow-ups as they stand, for <c>loop list</c> and <c>loop show</c>. Stable in JSON: names stay, new ones may come.</summary>
/// <param name="State">running, waiting, failed, stopped, interrupted (its process is gone) or completed.</param>
/// <param name="WaitsFor">question, blocked, failed, limit or followup; null when it does not wait.</param>
/// <param name="Question">What a person has to say something to.</param>
/// <param name="Rounds">The run and its follow-ups, the first run first.</param>
/// <param name="Resume">How to go on; null when there is nothing to go on with.</param>
internal sealed record LoopStanding(
    string TaskId,
    string RunId,
    string State,
    string? WaitsFor,
    string? Question,
    string? Failure,
    string? Branch,
    string Request,
    DateTimeOffset CreatedAt,
    IReadOnlyList<RoundStanding> Rounds,
    string Folder,
    string? Resume);
