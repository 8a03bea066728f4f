namespace Autopilot.Core;

/// <summary>Something the user can mend: shown as one message (what is wrong, where, what to do next), without a stack trace.</summary>
public class UserErrorException(string message, int exitCode = ExitCodes.Usage, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
