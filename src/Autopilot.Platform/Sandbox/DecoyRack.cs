using Autopilot.Platform.Files;

namespace Autopilot.Platform.Sandbox;

/// <summary>Decoys that are not in use: a sandbox cannot change them, so the next one takes them over instead of making its own.</summary>
internal static class DecoyRack
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<MountKind, Stack<string>> Spare = new() { [MountKind.HiddenFile] = [], [MountKind.HiddenFolder] = [] };

    /// <summary>A file with an empty line, or an empty folder, for one sandbox at a time.</summary>
    public static string Take(MountKind kind)
    {
        lock (Gate)
            if (Spare[kind].TryPop(out var spare)) return spare;
        var made = ScratchSpace.NewPath("decoy");
        // Of an empty file nobody can read, so nobody would be noticed.
        if (kind == MountKind.HiddenFile) File.WriteAllText(made, "\n");
        else Directory.CreateDirectory(made);
        return made;
    }

    /// <summary>Gives one back when the sandbox has ended.</summary>
    public static void Return(MountKind kind, string decoy)
    {
        lock (Gate) Spare[kind].Push(decoy);
    }
}
