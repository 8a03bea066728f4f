using Autopilot.Core.Governance;
using Autopilot.Git.Repository;
using Autopilot.Platform.Processes;
using Autopilot.Testing;
using Autopilot.Workflows.Loops.Spaces;

namespace Autopilot.Workflows.Tests.Loops;

/// <summary>A repository of a user with the real git, and the spaces in which a loop works for it.</summary>
internal sealed class UserCheckout : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);

    public UserCheckout()
    {
        Directory.CreateDirectory(Root);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["HOME"] = folder["home"] };
        Git = new GitCommand(supervisor, environment, GitIdentity.Autopilot);
    }

    public GitCommand Git { get; }

    public IGovernor Governor { get; set; } = new GrantingGovernor();

    public string Root => folder["user"];

    public string this[string relative] => Path.Combine(Root, relative);

    public static async Task<UserCheckout> Create(bool empty = false)
    {
        var user = new UserCheckout();
        await user.Run("init", "-q", "-b", "main");
        if (empty) return user;
        user.Write("a.txt", "first\nsecond\nthird\nfourth\nfifth\n");
        user.Write(".gitignore", "ignored.txt\n");
        await user.Run("add", "--all");
        await user.Run("commit", "-q", "-m", "the first");
        return user;
    }

    public GitSpaceSettings Settings(string below = "") => new("run", Root, below, folder["ours"], folder["ours/operations.jsonl"], "autopilot/loop");

    public ILoopSpace InPlace(string below = "") => new InPlaceLoopSpace(Git, Settings(below), TimeProvider.System, new MergeGate(Governor, "run"));

    public ILoopSpace Beside() => new GitLoopSpace(Git, Settings(), TimeProvider.System, new MergeGate(Governor, "run"));

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this[relative], text);
    }

    public string Read(string relative) => File.ReadAllText(this[relative]);

    public async Task<string> Run(params string[] arguments) => (await Git.Run(Root, CancellationToken.None, arguments)).Output;

    /// <summary>What of the user's must not change: HEAD, the index, the stash.</summary>
    public async Task<string> Belongings() =>
        File.ReadAllText(this[".git/HEAD"]) + await Run("ls-files", "--stage") + await Run("for-each-ref", "refs/heads/main", "refs/stash");

    public void Dispose()
    {
        supervisor.Dispose();
        folder.Dispose();
    }
}
