namespace Autopilot.Engine.Ledger;

/// <summary>A permit that is out.</summary>
/// <param name="Kind">session or model_call.</param>
/// <param name="Unattended">False when it runs by the permission of the person who typed the command, whatever the mode.</param>
/// <param name="Reserved">In USD; 0 where no cap applies.</param>
/// <param name="Pid">The Autopilot that holds it.</param>
public sealed record OpenPermitLine(string Kind, string RunId, string Role, string? Agent, string? Model, bool Unattended, decimal Reserved, DateTimeOffset Since, int Pid);
