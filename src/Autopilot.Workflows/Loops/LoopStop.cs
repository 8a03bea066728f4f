namespace Autopilot.Workflows.Loops;

/// <summary>Lets one process stop a loop that runs in another: a file in the run's folder.</summary>
public sealed class LoopStop : IDisposable
{
    private const string Name = "stop-requested";
    private readonly string file;
    private readonly Action stop;
    private readonly FileSystemWatcher watcher;
    private readonly Lock gate = new();
    private bool isOver;

    /// <param name="runFolder">The run's own folder; it must exist.</param>
    /// <param name="stop">Called when somebody asks. What was asked before this loop began to run is over.</param>
    public LoopStop(string runFolder, Action stop)
    {
        this.stop = stop;
        file = Path.Combine(runFolder, Name);
        File.Delete(file);
        watcher = new FileSystemWatcher(runFolder, Name);
        watcher.Created += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        // Asked for while the watcher was being made.
        if (File.Exists(file)) Look();
    }

    public static void Request(string runFolder) => File.WriteAllText(Path.Combine(runFolder, Name), "");

    public void Dispose()
    {
        lock (gate) isOver = true;
        watcher.Dispose();
        File.Delete(file);
    }

    private void Look()
    {
        lock (gate)
            if (!isOver) stop();
    }
}
