namespace Autopilot.Workflows.Tests.Sessions;

/// <summary>Stands for kill -9: nothing more is recorded.</summary>
internal sealed class KilledException : Exception;
