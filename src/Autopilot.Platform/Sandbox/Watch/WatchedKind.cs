namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>How a system call is judged.</summary>
internal enum WatchedKind
{
    /// <summary>Opens a path, with flags in the next argument.</summary>
    Open,
    /// <summary>Opens a path, with flags at the address in the next argument.</summary>
    OpenHow,
    /// <summary>Changes what is at a path.</summary>
    Change,
    /// <summary>Gives a file another name.</summary>
    Link,
    /// <summary>Gives a file another owner.</summary>
    Owner,
    /// <summary>Makes a node, with its mode in the next argument.</summary>
    Device,
    /// <summary>Is refused whatever its arguments.</summary>
    Forbidden,
    /// <summary>Is refused when its flags ask for a namespace.</summary>
    Namespace,
    /// <summary>Takes another identity.</summary>
    Identity,
    /// <summary>Signals a process.</summary>
    Signal,
    /// <summary>Connects to an address.</summary>
    Connect,
    /// <summary>Changes a limit.</summary>
    Limit,
}
