namespace Autopilot.Core.Governance;

/// <summary>A change of the mode that another program recorded.</summary>
public sealed record ImportedTransition(DateTimeOffset At, Mode From, Mode To, Actor Actor, string Reason);
