using Autopilot.Platform.Sandbox.Watch;

namespace Autopilot.Platform.Sandbox;

/// <summary>What stands in the place of the hidden paths of one sandbox: a file with an empty line, or a folder with nothing but such files of well-known names, and who reads it is noticed from outside.</summary>
/// <remarks>The program is not held up by this. That another name is asked for in a hidden folder does not show, only that the folder is listed.</remarks>
public sealed class Decoys : IDisposable
{
    private const string Unseen = "reading what is hidden is not seen everywhere: the system gives no more inotify watches (fs.inotify.max_user_watches, fs.inotify.max_user_instances)";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, (IReadOnlyList<string>? Files, string Path)> decoys = new(StringComparer.Ordinal);
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly List<int> watches = [];
    private readonly ReadWatch watch;
    private readonly Action<string> refused;
    private readonly ITimer timer;

    private Decoys(IEnumerable<SandboxMount> hidden, ReadWatch watch, Action<string> refused)
    {
        (this.watch, this.refused) = (watch, refused);
        var all = true;
        foreach (var mount in hidden)
        {
            var files = mount.Kind == MountKind.HiddenFile ? null : WellKnownSecrets.In(mount.Path);
            var decoy = DecoyRack.Take(files);
            decoys[mount.Path] = (files, decoy);
            foreach (var folder in Folders(files)) all &= Watch(Path.Combine(decoy, folder), Path.Combine(mount.Path, folder), files is null);
        }

        if (!all) refused(Unseen);
        timer = TimeProvider.System.CreateTimer(_ => watch.Drain(), null, Interval, Interval);
    }

    /// <summary>Makes them for the hidden paths of a policy; null where reading is not looked at this way.</summary>
    /// <param name="policy">What is hidden.</param>
    /// <param name="refused">Told, in words and from any thread, once for each hidden path that is read.</param>
    public static Decoys? Prepare(SandboxPolicy policy, Action<string> refused)
    {
        if (policy.Watch is not (SandboxWatch.Rare or SandboxWatch.Changes) || !OperatingSystem.IsLinux()) return null;
        if (ReadWatch.Shared is { } watch) return new Decoys(BubblewrapArguments.Ordered(MountPlan.For(policy)).Where(mount => mount.Kind is MountKind.HiddenFile or MountKind.HiddenFolder), watch, refused);
        refused(Unseen);
        return null;
    }

    /// <summary>What stands in the place of a path; null for none.</summary>
    public string? For(string path) => decoys.TryGetValue(path, out var decoy) ? decoy.Path : null;

    // The decoy itself, and what folders there are in it.
    private static IEnumerable<string> Folders(IReadOnlyList<string>? files) => (files ?? []).Select(file => Path.GetDirectoryName(file)!).Append("").Distinct(StringComparer.Ordinal);

    private bool Watch(string decoy, string hidden, bool isFile)
    {
        if (watch.Add(decoy, name => Tell(isFile || name.Length > 0 ? "read" : "list", Path.Combine(hidden, name))) is not { } id) return false;
        watches.Add(id);
        return true;
    }

    private void Tell(string what, string path)
    {
        if (told.Add(path)) refused($"{what}: {path}, which is hidden");
    }

    /// <summary>Tells of what was read until now.</summary>
    public void Note() => watch.Drain();

    /// <summary>Notes what was read until now. To be called when the program has ended.</summary>
    public void Dispose()
    {
        timer.Dispose();
        watch.Drain();
        watch.Remove(watches);
        foreach (var (files, path) in decoys.Values) DecoyRack.Return(files, path);
        decoys.Clear();
    }
}
