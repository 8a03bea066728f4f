namespace Autopilot.Platform.Sandbox;

/// <summary>How much of what a sandbox refuses is looked at from outside, so that it is known whatever the program says.</summary>
public enum SandboxWatch
{
    Off,
    /// <summary>Calls that ordinary programs do not make, and reading what is hidden. No other call is held up.</summary>
    Rare,
    /// <summary>Files, signals, and connections too. A signal may interrupt a call that waits to be looked at, and few programs expect that of open or fork: for tests and investigations.</summary>
    All,
}
