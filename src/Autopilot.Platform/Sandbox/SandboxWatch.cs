namespace Autopilot.Platform.Sandbox;

/// <summary>How much of what a sandbox refuses is looked at from outside, so that it is known whatever the program says.</summary>
public enum SandboxWatch
{
    Off,
    /// <summary>Calls that ordinary programs do not make, and reading what is hidden. No other call is held up.</summary>
    Rare,
    /// <summary>Changes of files, signals, and connections where the network is limited, too. Until such a call is looked at, some microseconds, a signal whose handler restarts no calls interrupts it.</summary>
    Changes,
    /// <summary>Every opened file and every connection too: for tests and investigations.</summary>
    All,
}
