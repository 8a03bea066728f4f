namespace Autopilot.Git.Repository;

/// <summary>The one port to the <c>git</c> command.</summary>
public interface IGit
{
    /// <summary>Who signs the commits that are made.</summary>
    GitIdentity Identity { get; }

    /// <summary>Runs git in a folder and returns what it said, whatever its exit code.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">The sub-command and its arguments.</param>
    /// <param name="input">Bytes for stdin; null closes it.</param>
    /// <param name="environment">Variables besides the pinned ones, such as GIT_INDEX_FILE; null for none.</param>
    /// <exception cref="Autopilot.Core.UserErrorException">There is no git.</exception>
    Task<GitResult> Try(
        string folder,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation,
        ReadOnlyMemory<byte>? input = null,
        IReadOnlyDictionary<string, string>? environment = null);
}
