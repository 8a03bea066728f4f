namespace Autopilot.Core.Missions;

/// <summary>What a mission asked a person.</summary>
/// <param name="Gate">One of <see cref="Governance.Gates"/>.</param>
/// <param name="Subject">What it is about, such as u3/2: attempt 2 of unit u3. With the gate it names the question.</param>
/// <param name="DueAt">When the time-out answers; null for never.</param>
public sealed record Approval(string Gate, string Subject, DateTimeOffset? DueAt)
{
    /// <summary>True when a person, or a rule of theirs, agreed; null while it is open.</summary>
    public bool? Approved { get; init; }

    public string Key => KeyOf(Gate, Subject);

    public static string KeyOf(string gate, string subject) => $"{gate}/{subject}";
}
