namespace Autopilot.Core.Missions;

/// <summary>An action that could not be carried out, so far.</summary>
/// <param name="Count">How often, deliberate waits not counted.</param>
/// <param name="NotBefore">When it may be started again.</param>
/// <param name="Refused">By a provider that does not accept the key.</param>
public sealed record Fault(int Count, DateTimeOffset NotBefore, string Detail, bool Refused = false);
