using System.Text.Json;
using Autopilot.Core.Missions;
using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Missions;

/// <summary>The letter box of a mission: a file per signal in the run's folder, taken away when its fact is journaled.</summary>
public sealed class MissionSignals : IDisposable
{
    private readonly string folder;
    private readonly FileSystemWatcher watcher;
    private readonly HashSet<string> posted = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private Action<Signalled>? post;

    /// <param name="runFolder">The run's own folder.</param>
    public MissionSignals(string runFolder)
    {
        folder = FolderOf(runFolder);
        watcher = new FileSystemWatcher(folder, "*.json");
        watcher.Created += (_, _) => Deliver();
        watcher.Renamed += (_, _) => Deliver();
    }

    /// <summary>Puts a signal into a mission's letter box; it is read at once if the mission runs, else when it is resumed.</summary>
    public static void Send(string runFolder, MissionSignal signal, DateTimeOffset at, string unique) =>
        AtomicFile.Write(Path.Combine(FolderOf(runFolder), $"{at.UtcTicks:D20}-{unique}.json"), JsonSerializer.SerializeToUtf8Bytes(signal, MissionJson.Default.MissionSignal));

    /// <summary>Whether there are signals that no mission has taken in.</summary>
    public static bool AreWaiting(string runFolder) => Directory.EnumerateFiles(FolderOf(runFolder), "*.json").Any();

    /// <summary>Delivers what is there and what comes.</summary>
    public void Deliver(Action<Signalled> to)
    {
        post = to;
        watcher.EnableRaisingEvents = true;
        Deliver();
    }

    /// <summary>The fact of a signal is journaled: its letter can go.</summary>
    public void Done(Signalled fact) => File.Delete(Path.Combine(folder, fact.Letter));

    public void Dispose() => watcher.Dispose();

    private void Deliver()
    {
        lock (gate)
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            {
                var letter = Path.GetFileName(file);
                if (!posted.Add(letter)) continue;
                var signal = JsonSerializer.Deserialize(File.ReadAllBytes(file), MissionJson.Default.MissionSignal)!;
                post?.Invoke(new Signalled(signal.Kind, signal.Argument, signal.By) { Letter = letter });
            }
        }
    }

    private static string FolderOf(string runFolder) => Directory.CreateDirectory(Path.Combine(runFolder, "signals")).FullName;
}
