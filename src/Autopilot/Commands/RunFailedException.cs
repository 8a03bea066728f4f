using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Engine.Runs;

namespace Autopilot.Commands;

/// <summary>A run ended through an error that nobody foresaw; its details belong beside the run.</summary>
internal sealed class RunFailedException : Exception
{
    private RunFailedException(string message, string folder, Exception cause)
        : base(message, cause) => Folder = folder;

    /// <summary>The run's own folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>What the user can mend is told as such; everything else keeps what was thrown.</summary>
    /// <param name="ended">How an execution ended.</param>
    /// <param name="folderOf">The folder of a run by its id.</param>
    /// <exception cref="UserErrorException">It failed through something foreseen, or failed in an earlier execution.</exception>
    /// <exception cref="RunFailedException">It failed otherwise.</exception>
    public static void ThrowIfFailed(RunOutcome ended, Func<string, string> folderOf)
    {
        if (ended.Failure is not { } failure) return;
        if (ended.Error is not { } error || failure.Type is nameof(UserErrorException) or nameof(PermitRefusedException))
            throw new UserErrorException(failure.Message, failure.ExitCode);
        throw new RunFailedException(failure.Message, folderOf(ended.RunId), error);
    }
}
