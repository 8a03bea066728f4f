namespace Autopilot.Core.Review;

/// <summary>One file of a unified diff.</summary>
/// <param name="Path">Its new path; its old one when it is deleted.</param>
/// <param name="From">The path that it was renamed from; the same as <paramref name="Path"/> where it was not.</param>
/// <param name="Lines">All lines of its hunks with their marks, each hunk after its <c>@@</c> line.</param>
public sealed record ChangedFile(string Path, string From, bool IsDeleted, IReadOnlyList<string> Lines)
{
    private const string HunkMark = "@@";
    private const string RenameMark = "rename from ";

    /// <summary>Added lines, without their mark.</summary>
    public IReadOnlyList<string> Added { get; } = Marked(Lines, '+');

    /// <summary>Removed lines, without their mark.</summary>
    public IReadOnlyList<string> Removed { get; } = Marked(Lines, '-');

    /// <summary>Whether a line of <see cref="Lines"/> is new or gone, and not only moved, indented or given a comma.</summary>
    public bool IsRealChange(string line) => line.Length > 0 && line[0] switch
    {
        '+' => !Removed.Any(l => Bare(l) == Bare(line[1..])),
        '-' => !Added.Any(l => Bare(l) == Bare(line[1..])),
        _ => false,
    };

    public static bool BeginsHunk(string line) => line.StartsWith(HunkMark, StringComparison.Ordinal);

    /// <summary>Reads a diff as git makes it; what is not understood is passed over.</summary>
    public static IReadOnlyList<ChangedFile> Parse(string diff)
    {
        var files = new List<ChangedFile>();
        var (path, from, deleted, lines) = ("", "", false, new List<string>());
        void Close()
        {
            if (path.Length > 0) files.Add(new ChangedFile(path, from.Length > 0 ? from : path, deleted, lines));
            (path, from, deleted, lines) = ("", "", false, []);
        }

        foreach (var line in diff.Split('\n'))
        {
            if (line.StartsWith("diff --git ", StringComparison.Ordinal))
            {
                Close();
                path = line[(line.LastIndexOf(" b/", StringComparison.Ordinal) + 3)..].TrimEnd('"');
            }
            else if (lines.Count > 0 || BeginsHunk(line)) lines.Add(line);
            else if (line.StartsWith(RenameMark, StringComparison.Ordinal)) from = line[RenameMark.Length..].Trim('"');
            else deleted |= line.StartsWith("deleted file mode", StringComparison.Ordinal);
        }

        Close();
        return files;
    }

    private static string Bare(string line) => line.Trim().TrimEnd(',');

    private static string[] Marked(IReadOnlyList<string> lines, char mark) => [.. lines.Where(l => l.StartsWith(mark)).Select(l => l[1..])];
}
