using Autopilot.Platform.Sandbox.Watch;

namespace Autopilot.Platform.Sandbox;

/// <summary>What stands in the place of the hidden paths of one sandbox: a file with an empty line or an empty folder each, and who reads it is noticed from outside.</summary>
/// <remarks>The program is not held up by this, and cannot know of it. That a name is asked for in a hidden folder does not show, only that the folder is listed.</remarks>
public sealed class Decoys : IDisposable
{
    private const string Unseen = "reading what is hidden is not seen everywhere: the system gives no more inotify watches (fs.inotify.max_user_watches, fs.inotify.max_user_instances)";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, (MountKind Kind, string Path)> decoys = new(StringComparer.Ordinal);
    private readonly List<int> watches = [];
    private readonly ReadWatch watch;
    private readonly ITimer timer;

    private Decoys(IEnumerable<SandboxMount> hidden, ReadWatch watch, Action<string> refused)
    {
        this.watch = watch;
        foreach (var mount in hidden)
        {
            var decoy = DecoyRack.Take(mount.Kind);
            decoys[mount.Path] = (mount.Kind, decoy);
            if (watch.Add(decoy, () => refused($"{(mount.Kind == MountKind.HiddenFile ? "read" : "list")}: {mount.Path}, which is hidden")) is { } id) watches.Add(id);
        }

        if (watches.Count < decoys.Count) refused(Unseen);
        timer = TimeProvider.System.CreateTimer(_ => watch.Drain(), null, Interval, Interval);
    }

    /// <summary>Makes them for the hidden paths of a policy; null where reading is not looked at this way.</summary>
    /// <param name="policy">What is hidden.</param>
    /// <param name="refused">Told, in words and from any thread, once for each hidden path that is read.</param>
    public static Decoys? Prepare(SandboxPolicy policy, Action<string> refused)
    {
        if (policy.Watch != SandboxWatch.Rare || !OperatingSystem.IsLinux()) return null;
        if (ReadWatch.Shared is { } watch) return new Decoys(BubblewrapArguments.Ordered(MountPlan.For(policy)).Where(mount => mount.Kind is MountKind.HiddenFile or MountKind.HiddenFolder), watch, refused);
        refused(Unseen);
        return null;
    }

    /// <summary>What stands in the place of a path; null for none.</summary>
    public string? For(string path) => decoys.TryGetValue(path, out var decoy) ? decoy.Path : null;

    /// <summary>Tells of what was read until now.</summary>
    public void Note() => watch.Drain();

    /// <summary>Notes what was read until now. To be called when the program has ended.</summary>
    public void Dispose()
    {
        timer.Dispose();
        watch.Drain();
        watch.Remove(watches);
        foreach (var (kind, path) in decoys.Values) DecoyRack.Return(kind, path);
        decoys.Clear();
    }
}
