using System.Text;
using Autopilot.Platform.Files;

namespace Autopilot.Git.Repository;

/// <summary>
/// The hub's files that decide what git does there: filters, attributes, excludes, where objects come from. An agent outside the
/// sandbox can write them, and they hold for all workspaces; so they are compared before each use with what they have to be, which
/// is known from the user's repository alone.
/// </summary>
internal sealed class HubFiles
{
    private const int Longest = 16 << 20;
    private static readonly string[] Folders = ["objects", "refs"];

    private readonly string folder;
    private readonly HubWatch? watch;
    private readonly Dictionary<string, string?> expected;
    private readonly HashSet<string> excludable;
    private int resets;

    /// <param name="folder">The hub.</param>
    /// <param name="user">Whose objects it borrows.</param>
    /// <param name="settings">What it takes over from the user.</param>
    /// <param name="watch">Hears when a file had to be put back; null for nobody.</param>
    public HubFiles(string folder, UserRepository user, HubSettings settings, HubWatch? watch)
    {
        this.folder = folder;
        this.watch = watch;
        var shallow = Path.Combine(user.CommonFolder, "shallow");
        expected = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HEAD"] = "ref: refs/heads/green\n",
            ["config"] = settings.Text(),
            ["config.worktree"] = null,
            ["info/attributes"] = null,
            ["info/grafts"] = null,
            ["shallow"] = File.Exists(shallow) ? File.ReadAllText(shallow) : null,
            ["objects/info/alternates"] = Path.Combine(user.CommonFolder, "objects") + "\n",
        };
        var theirs = Path.Combine(user.CommonFolder, "info", "exclude");
        excludable = [.. CacheFiles.Patterns, .. File.Exists(theirs) ? File.ReadAllLines(theirs) : []];
    }

    /// <summary>
    /// Makes what is not there and writes what differs, without a word: the user's settings may have changed since the hub was made.
    /// Git takes these files and two folders for a repository; half of that, left by whoever was killed on the way, is completed.
    /// </summary>
    public void Write()
    {
        foreach (var needed in Folders) Directory.CreateDirectory(PathOf(needed));
        Restore();
    }

    /// <summary>Puts back what was changed since, and tells of it.</summary>
    public void Hold()
    {
        var changed = Restore();
        if (changed.Count == 0) return;
        var count = Interlocked.Add(ref resets, changed.Count);
        foreach (var name in changed) watch?.Count("autopilot_hub_files_put_back_total", $"file=\"{name}\"");
        watch?.Show($"{string.Join(", ", changed)} of Autopilot's own repository {folder} was changed from outside, likely by an agent without a sandbox; it was put back ({count} so far).");
    }

    private List<string> Restore()
    {
        var changed = expected.Where(e => Read(e.Key) != e.Value).Select(e => e.Key).ToList();
        foreach (var name in changed) Put(name, expected[name]);
        if (Read("info/exclude") is { } excludes && excludes.Split('\n').Any(l => !MayExclude(l)))
        {
            Put("info/exclude", string.Join('\n', excludes.Split('\n').Where(MayExclude)));
            changed.Add("info/exclude");
        }

        return changed;
    }

    private bool MayExclude(string line) => line.Length == 0 || line[0] == '#' || excludable.Contains(line);

    // What is no file, such as a pipe, is put back as well.
    private string? Read(string name) => RegularFile.Read(PathOf(name), Longest) is { } content ? Encoding.UTF8.GetString(content) : null;

    // Renamed into its place: another of our processes may read it just now.
    private void Put(string name, string? text)
    {
        if (text is null)
        {
            File.Delete(PathOf(name));
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        var temporary = $"{PathOf(name)}.{Guid.NewGuid():N}";
        File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(temporary, PathOf(name), overwrite: true);
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
