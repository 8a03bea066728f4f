using Autopilot.Bench.Governance;
using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Git.Checkpoints;
using Autopilot.Git.Landing;
using Autopilot.Git.Repository;
using Autopilot.Git.Undo;
using Autopilot.Git.Workspaces;
using Autopilot.Platform.Processes;

namespace Autopilot.Bench.Landing;

/// <summary>A repository of 300 files, with all of ours beside it, on the real git.</summary>
internal sealed class ScratchRepository : IDisposable
{
    public const int Files = 300;

    private readonly ProcessSupervisor supervisor;

    private ScratchRepository(ProcessSupervisor supervisor) => this.supervisor = supervisor;

    public required string Folder { get; init; }

    public required GitCommand Git { get; init; }

    public IProcessSupervisor Processes => supervisor;

    public required UserRepository User { get; init; }

    public required Hub Hub { get; init; }

    public required CommitId Head { get; init; }

    public WorkspacePool Pool => new(Hub, Path.Combine(Folder, "pool"), TimeProvider.System);

    public GreenBranch Green(string branch) => new(User, Hub, new OperationLog(Git, User, Path.Combine(Folder, $"{branch}.jsonl"), TimeProvider.System), branch, Head, new MergeGate(new GrantingGovernor(), "bench"));

    public static async Task<ScratchRepository> Create(CancellationToken cancellation, int files = Files)
    {
        var processes = new ProcessSupervisor(TimeProvider.System);
        var git = new GitCommand(processes, new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin" }, GitIdentity.Autopilot);
        var folder = Directory.CreateTempSubdirectory("autopilot-bench-").FullName;
        var user = Directory.CreateDirectory(Path.Combine(folder, "user")).FullName;
        for (var i = 0; i < files; i++)
        {
            var file = Path.Combine(user, $"src/part{i % 20}/file{i}.txt");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat($"line of file {i}\n", 50)), cancellation);
        }

        await git.Run(user, cancellation, "init", "--quiet", "--initial-branch=main");
        await git.Run(user, cancellation, "add", "--all");
        await git.Run(user, cancellation, "commit", "--quiet", "-m", "first");
        var repository = await UserRepository.Require(git, user, cancellation);
        return new ScratchRepository(processes)
        {
            Folder = folder,
            Git = git,
            User = repository,
            Hub = await Hub.Open(git, repository, Path.Combine(folder, "hub.git"), cancellation),
            Head = (await repository.Resolve("HEAD", cancellation))!.Value,
        };
    }

    /// <summary>A unit's commit: one changed file, on the first commit.</summary>
    public async Task<CommitId> Unit(int number, CancellationToken cancellation)
    {
        var workspace = await Pool.Acquire($"unit-{number}", Head, cancellation);
        await File.WriteAllTextAsync(Path.Combine(workspace.Folder, $"src/part{number % 20}/file{number}.txt"), "changed\n", cancellation);
        var commit = await new Checkpoint(Hub).Save(workspace, $"refs/heads/unit/{number}", $"unit {number}", cancellation);
        await Pool.Discard(workspace, cancellation);
        return commit;
    }

    public void Dispose()
    {
        supervisor.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
