namespace Autopilot.Commands.Governor;

/// <summary>A question to a person, as <c>approvals</c> prints it.</summary>
/// <param name="Id">RUN/KEY.</param>
/// <param name="DueAt">When <paramref name="OnTimeout"/> answers; null for never.</param>
/// <param name="Answer">Null while it is open.</param>
/// <param name="AnsweredBy">Who: <c>timeout</c> where nobody did in time.</param>
/// <param name="Reason">Why, in the words of who answered; null for none.</param>
internal sealed record ApprovalItem(
    string Id, string Gate, string Text, string? Detail, IReadOnlyList<string> Choices, DateTimeOffset AskedAt, DateTimeOffset? DueAt, string? OnTimeout, string? Answer,
    string? AnsweredBy, DateTimeOffset? AnsweredAt, string? Reason);
