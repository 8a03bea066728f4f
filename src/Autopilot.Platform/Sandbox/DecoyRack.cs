using Autopilot.Platform.Files;

namespace Autopilot.Platform.Sandbox;

/// <summary>Decoys that are not in use: a sandbox cannot change them, so the next one takes them over instead of making its own.</summary>
internal static class DecoyRack
{
    // Of an empty file nobody can read, so nobody would be noticed.
    private const string Content = "\n";
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Stack<string>> Spare = new(StringComparer.Ordinal);

    /// <summary>A decoy for one sandbox at a time: a file with an empty line, or a folder with such files.</summary>
    /// <param name="files">The files of a folder, by their paths in it; null for a file.</param>
    public static string Take(IReadOnlyList<string>? files)
    {
        lock (Gate)
            if (Of(files).TryPop(out var spare)) return spare;
        var made = ScratchSpace.NewPath("decoy");
        if (files is null) File.WriteAllText(made, Content);
        else Directory.CreateDirectory(made);
        foreach (var file in files ?? [])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(made, file))!);
            File.WriteAllText(Path.Combine(made, file), Content);
        }

        return made;
    }

    /// <summary>Gives one back when the sandbox has ended.</summary>
    public static void Return(IReadOnlyList<string>? files, string decoy)
    {
        lock (Gate) Of(files).Push(decoy);
    }

    private static Stack<string> Of(IReadOnlyList<string>? files)
    {
        var key = files is null ? "" : string.Join('\n', files.Prepend("/"));
        return Spare.TryGetValue(key, out var stack) ? stack : Spare[key] = [];
    }
}
