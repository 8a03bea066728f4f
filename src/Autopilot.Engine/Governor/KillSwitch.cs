using Autopilot.Core;
using Autopilot.Core.Governance;

namespace Autopilot.Engine.Governor;

/// <summary>The file whose existence stops everything. It is checked by existence alone, so that <c>touch</c> and <c>mkdir</c> pull it as well.</summary>
public sealed class KillSwitch(GovernorHome home, ModeMachine machine)
{
    private const string NoReason = "no reason was given";

    public bool IsPulled => Path.Exists(home.KillFile);

    /// <summary>Why it was pulled; null while it is not.</summary>
    public string? Reason
    {
        get
        {
            try
            {
                if (!IsPulled) return null;
                // Only what has a length: to read a pipe of that name would wait for whoever writes into it.
                var text = new FileInfo(home.KillFile) is { Exists: true, Length: > 0 } ? File.ReadAllText(home.KillFile).Trim() : "";
                return text.Length > 0 ? text : NoReason;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return "the kill file cannot be read";
            }
        }
    }

    /// <summary>Stops everything. Stopping needs no disk: where there is no room for the reason and the record, the switch is pulled without them.</summary>
    /// <exception cref="UserErrorException">Not even an empty file can be made; nothing is stopped.</exception>
    public KillSwitchChange Pull(string reason, Caller caller)
    {
        if (Refuse("kill", reason, caller) is { } refusal) return refusal;
        // The file before the record: stopping must not wait for a disk.
        var unwritten = Make(reason, caller) is { } why ? $"Its reason could not be written into {home.KillFile}: {why}" : null;
        return new KillSwitchChange(null, Sentences(unwritten, Record(pulled: true, reason, caller)));
    }

    /// <summary>Lets things begin again.</summary>
    /// <exception cref="UserErrorException">What pulls the switch cannot be removed; it stays pulled, and nothing is recorded.</exception>
    public KillSwitchChange Release(string reason, Caller caller)
    {
        if (Refuse("unkill", reason, caller) is { } refusal) return refusal;
        Remove();
        return new KillSwitchChange(null, Record(pulled: false, reason, caller));
    }

    /// <returns>Why the reason is not in it; null when it is.</returns>
    private string? Make(string reason, Caller caller)
    {
        // Under its name only when the reason is in it, where it can be: whoever is stopped by it shows the reason.
        var unnamed = $"{home.KillFile}.{caller.Process.Pid}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(home.KillFile)!);
            File.Create(unnamed).Dispose();
            var unwritten = Write(unnamed, reason);
            if (Directory.Exists(home.KillFile)) return "it is a folder.";
            File.Move(unnamed, home.KillFile, overwrite: true);
            return unwritten;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (IsPulled) return error.Message;
            throw new UserErrorException($"The kill switch is NOT pulled: {home.KillFile} cannot be made: {error.Message} Make it yourself (touch {home.KillFile}), or stop Autopilot's processes by a signal.", ExitCodes.Failed, error);
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

    private void Remove()
    {
        try
        {
            if (Directory.Exists(home.KillFile)) Directory.Delete(home.KillFile);
            else RemoveIfThere(home.KillFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The kill switch stays pulled: {home.KillFile} cannot be removed: {error.Message} Remove it yourself (rm -r {home.KillFile}).", ExitCodes.Failed, error);
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
    }

    private static string? Sentences(params string?[] said) => string.Join(' ', said.OfType<string>()) is { Length: > 0 } text ? text : null;

    private KillSwitchChange? Refuse(string wanted, string reason, Caller caller)
    {
        if (caller.Actor != Actor.Agent) return null;
        machine.RecordRefusal(RefusalCodes.KillSwitchIsUserOnly, wanted, reason, caller);
        return new KillSwitchChange(RefusalCodes.KillSwitchIsUserOnly);
    }
}
