using Autopilot.Core.Network;

namespace Autopilot.Platform.Sandbox;

/// <summary>What a sandboxed program may do. The whole system is readable unless it is hidden, and nothing is writable unless it is listed.</summary>
/// <remarks>Paths are absolute. Of two rules the one for the deeper path holds; of two for the same path the stricter.</remarks>
public sealed record SandboxPolicy
{
    /// <summary>Where the agent works.</summary>
    public required string Workspace { get; init; }

    /// <summary>True when the agent may only read there; then of the repository, too, nothing is writable.</summary>
    public bool WorkspaceIsReadOnly { get; init; }

    /// <summary>Further folders it may write, such as its own session folder.</summary>
    public IReadOnlyList<string> Writable { get; init; } = [];

    /// <summary>Paths that stay readable inside hidden ones.</summary>
    public IReadOnlyList<string> Readable { get; init; } = [];

    /// <summary>Paths that are not there for the agent.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    public NetworkAccess Network { get; init; } = NetworkAccess.Off;

    /// <summary>The program that prepares the sandbox from inside, see <see cref="SandboxEntry"/>; null where there is none.</summary>
    public string? Entry { get; init; }

    /// <summary>What is looked at from outside; needs Linux, and for system calls <see cref="Entry"/>.</summary>
    public SandboxWatch Watch { get; init; }

    /// <summary>Whether the kernel wakes who waits for a call to look at when none can come any more; null to know it by the kernel.</summary>
    internal bool? KernelWakes { get; init; }

    /// <summary>The size of its temporary folders, in bytes, each.</summary>
    public long TemporaryBytes { get; init; } = 1L << 30;

    /// <summary>The largest file it may write, in bytes; null for no limit.</summary>
    public long? MaxFileBytes { get; init; } = 4L << 30;

    /// <summary>How many processes it may have at once; null for no limit.</summary>
    public int? MaxProcesses { get; init; } = 1024;
}
