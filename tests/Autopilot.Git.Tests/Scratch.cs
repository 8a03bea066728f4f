using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Git.Checkpoints;
using Autopilot.Git.Landing;
using Autopilot.Git.Repository;
using Autopilot.Git.Undo;
using Autopilot.Git.Workspaces;
using Autopilot.Platform.Processes;
using Autopilot.Testing;

namespace Autopilot.Git.Tests;

/// <summary>A scratch repository of a user, and everything of ours beside it, with the real git and the real supervisor.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);
    private readonly Dictionary<string, string> environment;

    private Scratch()
    {
        environment = new(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["HOME"] = folder["home"] };
        Git = new GitCommand(supervisor, environment, GitIdentity.Autopilot);
        NetworkGit = new GitCommand(supervisor, environment, GitIdentity.Autopilot, network: true);
    }

    public GitCommand Git { get; }

    public GitCommand NetworkGit { get; }

    public UserRepository User { get; private set; } = null!;

    public Hub Hub { get; private set; } = null!;

    public WorkspacePool Pool { get; private set; } = null!;

    public Checkpoint Checkpoint => new(Hub);

    public Integration Integration => new(Hub, TimeProvider.System);

    public OperationLog Operations => new(Git, User, this["ours/operations.jsonl"], TimeProvider.System);

    public AskedGovernor Governor { get; } = new();

    public MergeGate Gate => new(Governor, "run-1");

    public GreenBranch Green => new(User, Hub, Operations, "autopilot/green", First, Gate);

    public CommitId First { get; private set; }

    public string this[string relative] => folder[relative];

    public static async Task<Scratch> Create(int limit = 64)
    {
        var scratch = new Scratch();
        scratch.Write("user/a.txt", "one\n");
        scratch.Write("user/b.txt", "one\n");
        scratch.Write("user/.gitignore", "ignored/\n");
        await scratch.Run("user", "init", "-q", "-b", "main");
        scratch.First = await scratch.CommitAsUser("the first commit");
        scratch.User = await UserRepository.Require(scratch.Git, scratch["user"], CancellationToken.None);
        scratch.Hub = await Hub.Open(scratch.Git, scratch.User, scratch["ours/hub"], CancellationToken.None);
        scratch.Pool = scratch.PoolOf(limit);
        return scratch;
    }

    public WorkspacePool PoolOf(int limit) => new(Hub, this["ours/workspaces"], TimeProvider.System, limit);

    /// <summary>The git that reaches remotes, in an environment with more in it.</summary>
    public GitCommand NetworkWith(params IEnumerable<(string Name, string Value)> more) =>
        new(supervisor, environment.Concat(more.Select(m => KeyValuePair.Create(m.Name, m.Value))).ToDictionary(StringComparer.Ordinal), GitIdentity.Autopilot, network: true);

    public string Write(string relative, string text) => folder.Write(relative, text);

    public string Read(string relative) => File.ReadAllText(this[relative]);

    /// <summary>git as the user runs it: hooks and all.</summary>
    public async Task<string> Run(string relative, params string[] arguments)
    {
        var (output, error) = (new List<string>(), new List<string>());
        await using var process = await supervisor.Start(
            new ProcessSpec
            {
                Executable = "git",
                Arguments = ["-c", "user.name=User", "-c", "user.email=user@example.com", .. arguments],
                WorkingDirectory = Path.IsPathRooted(relative) ? relative : this[relative],
                Environment = environment,
                OnOutput = line => Keep(output, line),
                OnError = line => Keep(error, line),
            },
            CancellationToken.None);
        var exit = await process.Completion;
        return exit.Code == 0 ? string.Join('\n', output) : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {string.Join('\n', error)}");
    }

    public async Task<CommitId> CommitAsUser(string message)
    {
        await Run("user", "add", "--all");
        await Run("user", "commit", "-q", "-m", message);
        return new CommitId(await Run("user", "rev-parse", "HEAD"));
    }

    /// <summary>A commit of a worker on the first commit, made in a workspace, on a branch of the hub.</summary>
    public async Task<CommitId> Work(string owner, CommitId onto, string file, string text)
    {
        var workspace = await Pool.Acquire(owner, onto, CancellationToken.None);
        File.WriteAllText(Path.Combine(workspace.Folder, file), text);
        var commit = await Checkpoint.Save(workspace, $"refs/heads/unit/{owner}", $"work of {owner}", CancellationToken.None);
        await Pool.Release(workspace, CancellationToken.None);
        return commit;
    }

    /// <summary>Whether the hub has one commit below another.</summary>
    public async Task<bool> Contains(CommitId whole, CommitId part) => (await Git.Try(Hub.Folder, ["merge-base", "--is-ancestor", part.Hash, whole.Hash], CancellationToken.None)).Succeeded;

    /// <summary>Everything of the user's that must not change, as names and contents. Objects and our own refs may come.</summary>
    public IReadOnlyDictionary<string, string> Belongings()
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(this["user"], "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(this["user"], file);
            if (name.StartsWith(".git/objects/", StringComparison.Ordinal) || name.Contains("autopilot", StringComparison.Ordinal)) continue;
            all[name] = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))) + File.GetUnixFileMode(file);
        }

        return all;
    }

    public void Dispose()
    {
        supervisor.Dispose();
        folder.Dispose();
    }

    private static ValueTask Keep(List<string> lines, OutputLine line)
    {
        lines.Add(line.ToString());
        return ValueTask.CompletedTask;
    }
}
