using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Core.Merging;
using Autopilot.Git.Repository;

namespace Autopilot.Git.Landing;

/// <summary>
/// A branch of a remote of the user's, to which the hub pushes. Nothing of the user's repository is touched, not even what it
/// remembers of the remote.
/// </summary>
public sealed class RemoteBranch
{
    /// <summary>In the hub, the tip of a remote's branch as it was last seen.</summary>
    private const string SeenRefs = "refs/upstream/";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly IGit network;
    private readonly IGit ours;
    private readonly UserRepository user;
    private readonly Hub hub;
    private readonly string remote;
    private readonly string branch;
    private readonly TimeProvider clock;
    private readonly Func<string, string> redact;
    private readonly MergeGate gate;

    /// <param name="network">Runs git as the user set it up, with their credentials, and without any prompt.</param>
    /// <param name="remote">The name of a remote in the user's repository.</param>
    /// <param name="branch">The branch there, short.</param>
    /// <param name="redact">What is said of a failure passes it.</param>
    /// <param name="gate">Passed by each push.</param>
    public RemoteBranch(IGit network, UserRepository user, Hub hub, string remote, string branch, TimeProvider clock, Func<string, string> redact, MergeGate gate)
    {
        this.network = network;
        this.user = user;
        this.hub = hub;
        this.remote = remote;
        this.branch = branch;
        this.clock = clock;
        this.redact = redact;
        this.gate = gate;
        ours = hub.Guard(network);
    }

    /// <summary>As people write it: origin/autopilot/green.</summary>
    public string Name => $"{remote}/{branch}";

    private string Ref => "refs/heads/" + branch;

    /// <summary>Pushes a commit, which must be in the hub or borrowed by it. Nothing is ever forced.</summary>
    /// <exception cref="UserErrorException">There is no such remote.</exception>
    /// <exception cref="PermitRefusedException">The governor refuses it.</exception>
    public Task<PushAnswer> Push(CommitId commit, CancellationToken cancellation) => gate.Pass(() => PushNow(commit, cancellation), cancellation);

    private async Task<PushAnswer> PushNow(CommitId commit, CancellationToken cancellation)
    {
        var url = await Url(cancellation);
        var settings = await TransportSettings.Of(network, user, cancellation);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var answer = await Push(url, commit, settings, both.Token);
            return answer with { Detail = redact(answer.Detail) };
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new(PushEnd.Failed, null, $"{Name} did not answer within {Patience.TotalMinutes:0} minutes");
        }
    }

    private async Task<PushAnswer> Push(string url, CommitId commit, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        string[] push = ["push", "--porcelain", "--no-verify", "--no-follow-tags", "--no-signed", "--recurse-submodules=no", url, $"{commit.Hash}:{Ref}"];
        var answer = PushAnswer.Of(await ours.Try(hub.Folder, push, cancellation, environment: settings));
        if (answer.End != PushEnd.Moved) return answer;
        var seen = SeenRefs + branch;
        string[] fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", url, $"+{Ref}:{seen}"];
        var fetched = await ours.Try(hub.Folder, fetch, cancellation, environment: settings);
        if (!fetched.Succeeded) return new(PushEnd.Failed, null, fetched.Error.Trim());
        var tip = await hub.Resolve(seen, cancellation);
        return answer with { Upstream = tip };
    }

    private async Task<string> Url(CancellationToken cancellation)
    {
        var answer = await network.Try(user.Root, ["remote", "get-url", "--push", remote], cancellation);
        if (!answer.Succeeded) throw new UserErrorException($"{user.Root} has no remote {remote}. Add it with 'git remote add {remote} URL', or name another with mission.push_remote.");
        var url = answer.Lines[0];
        var isPath = !url.Contains("://", StringComparison.Ordinal) && !url.Split('/')[0].Contains(':', StringComparison.Ordinal);
        return isPath ? Path.GetFullPath(url, user.Root) : url;
    }
}
