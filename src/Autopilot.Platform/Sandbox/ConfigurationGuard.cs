using Autopilot.Core;

namespace Autopilot.Platform.Sandbox;

/// <summary>Sees to it that no agent gives the repository in which it works a configuration: that would lift the limits of the next run.</summary>
/// <remarks>
/// An existing file is read-only in the sandbox, but no mount can forbid that one appears. So a mark lies in Autopilot's own folder while the agent
/// works, also beyond the death of this process, and a file that appears beside a mark is not read. When the agent has ended it is moved aside.
/// </remarks>
public sealed class ConfigurationGuard : IDisposable
{
    private readonly string file;
    private readonly string mark;

    private ConfigurationGuard(string file)
    {
        this.file = file;
        mark = Path.Combine(Directory.CreateDirectory(Marks(file)).FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllText(mark, "An agent works here, and there was no configuration when it began.\n");
    }

    /// <summary>Begins before an agent does; null where none can appear: there is one, or the agent works elsewhere, as in a workspace of its own.</summary>
    /// <param name="file">The repository's configuration, absolute; null for none.</param>
    /// <param name="workspace">Where the agent works, absolute.</param>
    public static ConfigurationGuard? Begin(string? file, string workspace) =>
        file is null || IsThere(file) || !Directory.Exists(Own(file)) || Path.GetDirectoryName(file) != workspace.TrimEnd('/') ? null : new ConfigurationGuard(file);

    /// <summary>Refuses a configuration of which nobody knows whether an agent made it.</summary>
    /// <exception cref="UserErrorException">It appeared while an agent works, or worked when Autopilot was killed.</exception>
    public static void RequireKnown(string file)
    {
        if (!IsThere(file) || !Directory.Exists(Marks(file)) || !Directory.EnumerateFiles(Marks(file)).Any()) return;
        throw new UserErrorException(
            $"{file} appeared while an agent worked here, so it is not used: it could lift the limits that hold for agents. Look at it. If it is not yours: rm '{file}'. If it is, and no agent works here now: rm -r '{Marks(file)}'.",
            ExitCodes.Refused);
    }

    /// <summary>Moves aside what has appeared.</summary>
    /// <returns>What happened and how to take it back, in words; null when nothing has appeared.</returns>
    public string? Settle()
    {
        if (!IsThere(file)) return null;
        var aside = Path.Combine(Directory.CreateDirectory(Path.Combine(Own(file), "quarantine")).FullName, $"{Path.GetFileName(file)}.{Guid.NewGuid():N}");
        Directory.Move(file, aside); // of a file, too: whatever it is, it goes
        return $"{file} appeared while the agent worked, and was moved aside: a configuration could lift the limits of the next run. If you want it, look at it and take it back: mv '{aside}' '{file}'";
    }

    /// <summary>To be called when nothing of the agent is left, after <see cref="Settle"/>.</summary>
    public void Dispose()
    {
        // An agent without a sandbox may have removed the folder.
        if (File.Exists(mark)) File.Delete(mark);
    }

    private static string Own(string file) => Path.Combine(Path.GetDirectoryName(file)!, ".autopilot");

    private static string Marks(string file) => Path.Combine(Own(file), "unconfigured");

    private static bool IsThere(string file) => Path.Exists(file) || new FileInfo(file).LinkTarget is not null;
}
