namespace Autopilot.Core.Runs;

/// <summary>The answer to a <see cref="Question"/>, recorded once.</summary>
/// <param name="Value">One of the choices, or free text.</param>
/// <param name="By">user, timeout, or the name of a rule.</param>
public sealed record Answer(string Value, string By, string? Reason, DateTimeOffset At)
{
    /// <summary>The value that lets a run go on.</summary>
    public const string Approval = "approve";

    /// <summary>Who has answered when nobody did in time.</summary>
    public const string Timeout = "timeout";

    public bool IsApproval => string.Equals(Value, Approval, StringComparison.Ordinal);
}
