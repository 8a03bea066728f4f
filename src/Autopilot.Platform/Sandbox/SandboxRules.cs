using Autopilot.Core.Network;

namespace Autopilot.Platform.Sandbox;

/// <summary>What holds for everything that one command of Autopilot starts in a sandbox.</summary>
public sealed record SandboxRules
{
    public required SandboxMode Mode { get; init; }

    public NetworkAccess Network { get; init; } = NetworkAccess.On;

    /// <summary>The program that prepares a sandbox from inside, see <see cref="SandboxEntry"/>; null where there is none.</summary>
    public string? Entry { get; init; }

    /// <summary>What is looked at from outside where agents work.</summary>
    public SandboxWatch Watch { get; init; }

    /// <summary>Paths that are not there: secrets, Autopilot's own folder, other workspaces. Absolute.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Paths that stay readable and cannot be written, even inside a workspace. Absolute.</summary>
    public IReadOnlyList<string> ReadOnly { get; init; } = [];

    /// <summary>Folders that whoever may write a workspace may write as well, such as the caches of package managers. Absolute.</summary>
    public IReadOnlyList<string> Shared { get; init; } = [];

    /// <summary>What one program may do.</summary>
    /// <param name="workspace">Where it works, absolute.</param>
    /// <param name="mayWrite">Whether it may write there.</param>
    /// <param name="own">What belongs to this program alone and is writable: its state, its session folder. Overrides <see cref="Hidden"/>.</param>
    /// <param name="program">What it consists of, which must be readable wherever it lies.</param>
    /// <param name="endpoints">What it must reach to work at all, where the network is limited to hosts.</param>
    public SandboxPolicy For(string workspace, bool mayWrite, IReadOnlyList<string> own, IReadOnlyList<string> program, IReadOnlyList<HostRule>? endpoints = null) => new()
    {
        Workspace = workspace,
        WorkspaceIsReadOnly = !mayWrite,
        Writable = [.. own.Concat(mayWrite ? Shared : []).Where(Path.Exists)],
        Readable = [.. ReadOnly, .. program],
        Hidden = [.. Hidden.Except(own, StringComparer.Ordinal)],
        Network = Network.With(endpoints ?? []),
        Entry = Entry,
    };
}
