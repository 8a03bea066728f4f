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
        // Where something is shown inside, a folder for it was made: its name is nothing for the next one.
        if (files is not null && Count(decoy) != files.SelectMany(Parts).Distinct(StringComparer.Ordinal).Count())
        {
            Directory.Delete(decoy, recursive: true);
            return;
        }

        lock (Gate) Of(files).Push(decoy);
    }

    private static int Count(string folder) => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Count();

    // The file itself, and the folders on the way to it.
    private static IEnumerable<string> Parts(string file)
    {
        for (var at = file; at is { Length: > 0 }; at = Path.GetDirectoryName(at)) yield return at;
    }

    private static Stack<string> Of(IReadOnlyList<string>? files)
    {
        var key = files is null ? "" : string.Join('\n', files.Prepend("/"));
        return Spare.TryGetValue(key, out var stack) ? stack : Spare[key] = [];
    }
}
