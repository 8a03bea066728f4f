using System.Buffers;
using System.Text;
using Autopilot.Core;
using Autopilot.Platform.Processes;

namespace Autopilot.Git.Repository;

/// <summary>Runs the <c>git</c> command with everything pinned that could change its behaviour or run foreign code.</summary>
/// <param name="supervisor">Starts the processes.</param>
/// <param name="environment">The environment to take PATH, HOME and the like from.</param>
/// <param name="identity">Author and committer of Autopilot's own commits.</param>
/// <param name="network">True to reach remotes as the user does: with their configuration, credential helpers and keys, but never with a prompt.</param>
public sealed class GitCommand(
    IProcessSupervisor supervisor, IReadOnlyDictionary<string, string> environment, GitIdentity identity, bool network = false) : IGit
{
    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT"];

    private static readonly string[] KeptForNetwork =
    [
        "USER", "LOGNAME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK", "SSH_AGENT_PID", "GIT_SSH", "GIT_SSH_COMMAND",
        "http_proxy", "https_proxy", "no_proxy", "all_proxy", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO",
    ];

    // Hooks, fsmonitor and signing run foreign code; automatic maintenance would race with the workspaces that share objects.
    private static readonly string[] Pinned =
    [
        "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "commit.gpgSign=false", "-c", "gc.auto=0",
        "-c", "maintenance.auto=false", "-c", "core.quotePath=false", "-c", "advice.detachedHead=false", "-c", "protocol.file.allow=always",
        "-c", "core.attributesFile=/dev/null", "-c", "protocol.ext.allow=never", "-c", "submodule.recurse=false", "-c", "diff.external=", "-c", "core.untrackedCache=false", "-c", "merge.renames=true",
        // What is on record as done must be there after a loss of power as well: git leaves loose objects to the system by itself.
        "-c", "core.fsync=committed", "-c", "core.fsyncMethod=batch",
    ];

    // They start no process of their own and write no checkout, so that nothing of them can come into the way of who goes on after a kill.
    private static readonly HashSet<string> Alone = new(StringComparer.Ordinal)
    {
        "rev-parse", "update-ref", "for-each-ref", "symbolic-ref", "merge-base", "merge-tree", "commit-tree", "mktree", "write-tree", "read-tree", "ls-tree", "ls-files",
        "diff-tree", "diff", "log", "status", "config", "pack-objects", "unpack-objects", "--version",
    };

    private readonly Dictionary<string, string> pinnedEnvironment = Pin(environment, identity, network);
    private long started;

    public GitIdentity Identity => identity;

    /// <summary>How many git processes were started so far.</summary>
    public long Started => Interlocked.Read(ref started);

    public async Task<GitResult> Try(
        string folder,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation,
        ReadOnlyMemory<byte>? input = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var error = new StringBuilder();
        Interlocked.Increment(ref started);
        var spec = new ProcessSpec
        {
            Executable = "git",
            Arguments = [.. Pinned, .. arguments],
            WorkingDirectory = folder,
            Environment = environment is null ? pinnedEnvironment : Merge(environment),
            StaysInGroup = !network,
            StartsOthers = !Alone.Contains(arguments[0]),
            Input = input is { } bytes ? ProcessInput.Of(bytes) : ProcessInput.Closed,
            OnOutput = line => Append(output, line),
            OnError = line => Append(error, line),
        };
        var exit = await Start(spec, cancellation);
        cancellation.ThrowIfCancellationRequested();
        // Half an answer looks like a whole one: a list of changes without its end has fewer of them. A helper that stays, as those of the network do, has a right to.
        if (exit.PipeAbandoned && !network) throw new IOException($"git {arguments[0]} in {folder} has ended, but its output could not be read to the end.");
        return new GitResult(exit.Code ?? (128 + exit.Signal ?? 255), Encoding.UTF8.GetString(output.WrittenSpan), error.ToString());
    }

    private async Task<ProcessExit> Start(ProcessSpec spec, CancellationToken cancellation)
    {
        try
        {
            await using var process = await supervisor.Start(spec, cancellation);
            return await process.Completion;
        }
        catch (ExecutableNotFoundException missing)
        {
            throw new UserErrorException("git was not found. Install git 2.38 or later and make sure that it is on PATH.", inner: missing);
        }
    }

    private static ValueTask Append(ArrayBufferWriter<byte> output, OutputLine line)
    {
        output.Write(line.Bytes.Span);
        output.Write("\n"u8);
        return ValueTask.CompletedTask;
    }

    private static ValueTask Append(StringBuilder error, OutputLine line)
    {
        if (error.Length < 64 * 1024) error.Append(line.ToString()).Append('\n');
        return ValueTask.CompletedTask;
    }

    private Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> more)
    {
        var merged = new Dictionary<string, string>(pinnedEnvironment, StringComparer.Ordinal);
        foreach (var (name, value) in more) merged[name] = value;
        return merged;
    }

    private static Dictionary<string, string> Pin(IReadOnlyDictionary<string, string> environment, GitIdentity identity, bool network)
    {
        var pinned = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_OPTIONAL_LOCKS"] = "0",
            // Green is what was verified, whatever somebody wants to be seen in its place.
            ["GIT_NO_REPLACE_OBJECTS"] = "1",
            ["GIT_PAGER"] = "cat",
            ["GIT_EDITOR"] = "true",
            ["GIT_ASKPASS"] = "true",
            ["SSH_ASKPASS"] = "false",
            ["SSH_ASKPASS_REQUIRE"] = "force",
            ["GIT_MERGE_AUTOEDIT"] = "no",
            ["LC_ALL"] = "C.UTF-8",
            ["GIT_AUTHOR_NAME"] = identity.Name,
            ["GIT_AUTHOR_EMAIL"] = identity.Email,
            ["GIT_COMMITTER_NAME"] = identity.Name,
            ["GIT_COMMITTER_EMAIL"] = identity.Email,
        };
        if (!network) (pinned["GIT_CONFIG_NOSYSTEM"], pinned["GIT_CONFIG_GLOBAL"]) = ("1", "/dev/null");
        foreach (var name in network ? [.. Kept, .. KeptForNetwork] : Kept)
            if (environment.TryGetValue(name, out var value)) pinned[name] = value;
        return pinned;
    }
}
