using System.Text;
using Autopilot.Agents.Models;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Merging;
using Autopilot.Core.Verification;
using Autopilot.Git.Checkpoints;
using Autopilot.Git.Landing;
using Autopilot.Git.Repository;
using Autopilot.Git.Undo;
using Autopilot.Git.Workspaces;
using Autopilot.Platform.Files;
using Autopilot.Workflows.Missions;
using Autopilot.Workflows.Missions.Pushing;
using Autopilot.Workflows.Prompts;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Composition;

/// <summary>What a mission in one repository is made of.</summary>
internal sealed class MissionPlace(Application application, Workplace place, IGovernor governor, Action<string, AgentEvent> observe)
{
    private const int MostPast = 20;
    private const int MostInstructions = 12_000;
    private static readonly string[] InstructionFiles = ["AGENTS.md", "CLAUDE.md"];

    /// <summary>Where the hub and the workspaces of the repository are: outside its tree.</summary>
    public string Outside => application.Places.WorkspacesOf(place.Root);

    /// <summary>The repository of our own that keeps every commit of the workers.</summary>
    public string HubFolder => Path.Combine(Outside, "hub.git");

    public async Task<MissionParts> Parts(string runId, MissionRequest request, CancellationToken cancellation)
    {
        var user = await place.User(cancellation);
        var notices = new MissionNotices(application.Terminal.Warn);
        var opened = Hub.Open(place.Git, user, HubFolder, cancellation, place.Watch with { Show = notices.Tell });
        await Task.WhenAll(user.Keep(new CommitId(request.Base), cancellation), opened);
        var hub = await opened;
        var roles = place.RolesWith(request.Agent);
        var gate = new MergeGate(governor, runId);
        var sessions = new AgentSessions(new SessionParts
        {
            AgentFor = role => roles.ResolveAgent(role) is var target ? (place.Agents.Get(target.Name), target.Model) : default,
            Otherwise = role => [.. roles.ResolveAgents(role).Skip(1).Select(target => (place.Agents.Get(target.Name), target.Model))],
            Governor = governor,
            Redactor = place.Redactor,
            Clock = application.Clock,
            RunFolder = place.State.FolderOf,
            Version = ProductVersion.Text,
            Observe = observe,
        });
        return new MissionParts
        {
            Sessions = sessions,
            Desk = new RoleDesk(roles, new RoleModels(place.Models, roles, governor, place.Configuration.PriceTable().Cost, application.Clock), sessions),
            Prompts = new PromptTemplates(Path.Combine(place.Root, ".autopilot", "prompts")),
            Verifier = Verifier(),
            Workspaces = new WorkspacePool(hub, Path.Combine(Outside, "pool"), application.Clock, limit: request.Settings.Workers + 64),
            Checkpoints = new Checkpoint(hub),
            Integration = new Integration(hub, application.Clock),
            Green = new GreenBranch(user, hub, new OperationLog(place.Git, user, Path.Combine(place.Root, ".autopilot", "operations.jsonl"), application.Clock), request.Green, new CommitId(request.Base), gate),
            Approvals = place.Approvals,
            Degradation = place.Governing.Governor,
            Remote = new RemoteBranch(place.NetworkGit, user, hub, request.PushTo.Remote, request.PushTo.Branch, application.Clock, place.Redactor.Redact, gate),
            Notices = notices,
            Count = place.Governing.Count,
            Clock = application.Clock,
            Past = stop => Past(runId, stop),
            Log = async (commit, stop) => (await place.Git.Run(user.Root, stop, "log", "--max-count=20", "--format=%h %s", commit)).Text,
            Instructions = Instructions(),
            Folder = place.State.FolderOf(runId),
        };
    }

    /// <summary>The earlier missions of the repository, the newest first.</summary>
    public async Task<IReadOnlyList<PastMission>> Past(string except, CancellationToken cancellation) =>
        [.. (await PastMissions.Read(place.Engine, except, MostPast, cancellation)).Select(r => r.AsPast())];

    /// <summary>Runs verification commands with an environment that holds no secret.</summary>
    public IVerifier Verifier() => Verifying.Verifier(application, place);

    /// <summary>Where a mission starts: at HEAD, or at green where that already has all of HEAD.</summary>
    /// <exception cref="UserErrorException">There is no commit, or green has a name that git does not take, or green and HEAD have diverged, or green is checked out.</exception>
    public async Task<(string Base, string? GreenBefore)> Start(string green, CancellationToken cancellation)
    {
        // Git itself would say so only when the first work lands.
        if (!RefName.IsBranch(green)) throw new UserErrorException($"Git takes no branch of the name '{green}'. Choose another with --green or mission.green, such as autopilot/green.");
        var user = await place.User(cancellation);
        var (atHead, checkedOut, atGreen) = (user.Resolve("HEAD", cancellation), user.CheckedOutBranches(cancellation), user.Resolve("refs/heads/" + green, cancellation));
        await Task.WhenAll(atHead, checkedOut, atGreen);
        var head = await atHead ?? throw new UserErrorException($"{user.Root} has no commit yet. Commit something first: a mission starts from a commit.");
        if ((await checkedOut).Contains("refs/heads/" + green))
            throw new UserErrorException($"The branch {green} is checked out, and a mission would move it under you. Switch to another branch, or choose another with --green.");
        var before = await atGreen;
        if (before is null) return (head.Hash, null);
        if (await user.Contains(head, before.Value, cancellation)) return (head.Hash, before.Value.Hash);
        if (await user.Contains(before.Value, head, cancellation)) return (before.Value.Hash, before.Value.Hash);
        throw new UserErrorException($"{green} and HEAD have diverged. Merge {green} into your branch first (git merge {green}), or choose another branch with --green.");
    }

    /// <summary>Where the configuration says to push green to.</summary>
    /// <exception cref="UserErrorException">There is no such remote, and green is to be pushed.</exception>
    public async Task<PushTarget> PushTarget(string green, CancellationToken cancellation)
    {
        var target = new PushTarget(place.Configuration.Get(MissionKeys.PushRemote)!, place.Configuration.Get(MissionKeys.PushBranch) ?? green);
        if (!place.Configuration.Get(MissionKeys.AutoPush) || (await place.Git.Try(place.Root, ["remote", "get-url", "--push", target.Remote], cancellation)).Succeeded) return target;
        throw new UserErrorException($"mission.auto_push is set, but {place.Root} has no remote {target.Remote}. Add it with 'git remote add {target.Remote} URL', or name another with mission.push_remote.");
    }

    private string Instructions()
    {
        var texts = InstructionFiles.Select(f => RegularFile.Read(Path.Combine(place.Root, f), 1 << 20)).OfType<byte[]>().Select(Encoding.UTF8.GetString).Distinct(StringComparer.Ordinal).ToList();
        if (texts.Count == 0) return "None.";
        var all = string.Join("\n\n", texts);
        return all.Length <= MostInstructions ? all : all[..MostInstructions] + "\n[cut]";
    }

    /// <summary>The verification of the repository.</summary>
    /// <exception cref="UserErrorException">None is configured.</exception>
    public static VerificationPlan Verification(EffectiveConfiguration configuration, string? given)
    {
        if (given is not null) return VerificationPlan.Of(given);
        var nodes = configuration.Get(VerifyKeys.Verify)!;
        return nodes.Count > 0 ? new VerificationPlan(nodes) : throw new UserErrorException("A mission needs a verification command: without one nothing could become green. Put 'verify: ./test' (or your own command) into autopilot.yaml, or give --verify.");
    }
}
