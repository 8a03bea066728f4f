using Autopilot.Core;
using Autopilot.Core.Governance;

namespace Autopilot.Engine.Governor;

/// <summary>The files of which any stops everything. They are checked by existence alone, so that <c>touch</c> and <c>mkdir</c> pull the switch as well.</summary>
public sealed class KillSwitch(GovernorHome home, ModeMachine machine)
{
    private const string NoReason = "no reason was given";

    public bool IsPulled => home.KillFiles.Any(Path.Exists);

    /// <summary>The files that pull it now.</summary>
    public IReadOnlyList<string> PulledBy => [.. home.KillFiles.Where(Path.Exists)];

    /// <summary>Why it was pulled; null while it is not.</summary>
    public string? Reason
    {
        get
        {
            var given = PulledBy.Select(ReasonIn).ToList();
            return given.FirstOrDefault(reason => reason != NoReason) ?? given.FirstOrDefault();
        }
    }

    /// <summary>Stops everything. Stopping needs no disk: where there is no room for the reason and the record, the switch is pulled without them.</summary>
    /// <exception cref="UserErrorException">Not even an empty file can be made in the home; what does not watch another one is not stopped.</exception>
    public KillSwitchChange Pull(string reason, Caller caller)
    {
        if (Refuse("kill", reason, caller) is { } refusal) return refusal;
        // The files before the record: stopping must not wait for a disk.
        var unwritten = home.KillFiles.Select(file => Make(file, reason, caller)).ToList();
        if (!Path.Exists(home.KillFile))
            throw new UserErrorException($"The kill switch is NOT pulled{(IsPulled ? $" but for what watches {home.NamedKillFile}" : "")}: {unwritten[0]} Make it yourself (touch {home.KillFile}), or stop Autopilot's processes by a signal.", ExitCodes.Failed);
        return new KillSwitchChange(null, Sentences([.. unwritten, Record(pulled: true, reason, caller)]));
    }

    /// <summary>Lets things begin again.</summary>
    /// <exception cref="UserErrorException">What pulls the switch cannot be removed; it stays pulled, and nothing is recorded.</exception>
    public KillSwitchChange Release(string reason, Caller caller)
    {
        if (Refuse("unkill", reason, caller) is { } refusal) return refusal;
        foreach (var file in PulledBy) Remove(file);
        return new KillSwitchChange(null, Record(pulled: false, reason, caller));
    }

    private static string ReasonIn(string file)
    {
        try
        {
            // Only what has a length: to read a pipe of that name would wait for whoever writes into it.
            var text = new FileInfo(file) is { Exists: true, Length: > 0 } ? File.ReadAllText(file).Trim() : "";
            return text.Length > 0 ? text : NoReason;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "the kill file cannot be read";
        }
    }

    /// <returns>Why it is not there, or not with the reason in it, as a sentence; null when it is.</returns>
    private static string? Make(string file, string reason, Caller caller)
    {
        // Under its name only when the reason is in it, where it can be: whoever is stopped by it shows the reason.
        var unnamed = $"{file}.{caller.Process.Pid}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Create(unnamed).Dispose();
            var why = Directory.Exists(file) ? "it is a folder." : Write(unnamed, reason);
            if (!Directory.Exists(file)) File.Move(unnamed, file, overwrite: true);
            return why is null ? null : $"The reason could not be written into {file}: {why}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{file} cannot be made: {error.Message}";
        }
        finally
        {
            RemoveIfThere(unnamed);
        }
    }

    private static string? Write(string file, string reason)
    {
        try
        {
            File.WriteAllText(file, reason + "\n");
            return null;
        }
        catch (IOException error)
        {
            return error.Message;
        }
    }

    private static void Remove(string file)
    {
        try
        {
            if (Directory.Exists(file)) Directory.Delete(file);
            else RemoveIfThere(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The kill switch stays pulled: {file} cannot be removed: {error.Message} Remove it yourself (rm -r {file}).", ExitCodes.Failed, error);
        }
    }

    // Nothing is there to be deleted where its folder was never made, which is no error.
    private static void RemoveIfThere(string file)
    {
        if (File.Exists(file)) File.Delete(file);
    }

    private string? Record(bool pulled, string reason, Caller caller)
    {
        try
        {
            machine.RecordKillSwitch(pulled, reason, caller);
            return null;
        }
        catch (UserErrorException error)
        {
            return $"It is not in the journal: {error.InnerException?.Message ?? error.Message}";
        }
        catch (OperationCanceledException)
        {
            return $"It is not in the journal: the wait for {home.Lock} was interrupted.";
        }
    }

    private static string? Sentences(params string?[] said) => string.Join(' ', said.OfType<string>()) is { Length: > 0 } text ? text : null;

    private KillSwitchChange? Refuse(string wanted, string reason, Caller caller)
    {
        if (caller.Actor != Actor.Agent) return null;
        machine.RecordRefusal(RefusalCodes.KillSwitchIsUserOnly, wanted, reason, caller);
        return new KillSwitchChange(RefusalCodes.KillSwitchIsUserOnly);
    }
}
