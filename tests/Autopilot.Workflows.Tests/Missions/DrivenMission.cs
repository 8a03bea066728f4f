using Autopilot.Agents.Models;
using Autopilot.Core.Agents;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Models;
using Autopilot.Core.Redaction;
using Autopilot.Core.Runs;
using Autopilot.Core.Verification;
using Autopilot.Engine.Approvals;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Engine.Recording;
using Autopilot.Engine.Runs;
using Autopilot.Git.Checkpoints;
using Autopilot.Git.Landing;
using Autopilot.Git.Repository;
using Autopilot.Git.Undo;
using Autopilot.Git.Workspaces;
using Autopilot.Platform.Locks;
using Autopilot.Platform.Sql;
using Autopilot.Testing;
using Autopilot.Workflows.Missions;
using Autopilot.Workflows.Missions.Chaining;
using Autopilot.Workflows.Prompts;
using Autopilot.Workflows.Sessions;
using Autopilot.Workflows.Tests.Loops;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>A mission with the real driver, git, journal and governor; agents and verification are scripted.</summary>
internal sealed class DrivenMission : IVerifier, IChainedMissions, IAsyncDisposable
{
    private const string GreenFile = ".git/refs/heads/autopilot/green";

    private readonly TemporaryFolder folder = new();
    private readonly UserCheckout user;
    private readonly RepositoryState state;
    private readonly IStore ledger;
    private readonly StopSource stop;
    private readonly Governor governor;

    private DrivenMission(UserCheckout user)
    {
        this.user = user;
        state = RepositoryState.Open(user.Root, TimeProvider.System);
        Journal = state.Store;
        var home = GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = folder["home"] });
        var machine = new ModeMachine(home, TimeProvider.System);
        ledger = LedgerSchema.Open(home, TimeProvider.System);
        stop = new StopSource(home, new KillSwitch(home, machine), null, TimeProvider.System);
        governor = new Governor(home, ledger, machine, stop, new GovernorLimits { Resources = new ResourceThresholds(0, 0) }, TimeProvider.System);
    }

    /// <summary>Plays a role in a folder.</summary>
    public Func<string, string, AgentRequest, AgentOutcome> PlaysAs { get; set; } = (_, _, _) => Says("");

    /// <summary>What an agent in a role does before it plays; an outcome ends its session.</summary>
    public Func<string, AgentRequest, CancellationToken, Task<AgentOutcome?>> Before { get; set; } = (_, _, _) => Task.FromResult<AgentOutcome?>(null);

    /// <summary>What an agent answers as planner; the second plan says that nothing is left.</summary>
    public Queue<string> Plans { get; } = new();

    /// <summary>What a worker does in its workspace.</summary>
    public Action<string> Works { get; set; } = _ => { };

    /// <summary>Whether a tree is good.</summary>
    public Func<string, bool> IsGood { get; set; } = _ => true;

    /// <summary>How many tests pass in a tree; null for an output that tells nothing.</summary>
    public Func<string, int?> Tests { get; set; } = _ => null;

    /// <summary>The commands that verification was to run.</summary>
    public HashSet<string> Commands { get; } = new(StringComparer.Ordinal);

    /// <summary>The commits that passed verification.</summary>
    public HashSet<string> Verified { get; } = new(StringComparer.Ordinal);

    /// <summary>Who stands in for the agent "first", in order.</summary>
    public IReadOnlyList<string> StandIns { get; set; } = [];

    /// <summary>The models that play <see cref="ModelRole"/>, in order; null for the agent.</summary>
    public ModelCatalog? Models { get; set; }

    /// <summary>The role that models play.</summary>
    public string ModelRole { get; set; } = "planner";

    /// <summary>Changes what the mission is given.</summary>
    public Func<MissionRequest, MissionRequest> With { get; set; } = request => request;

    /// <summary>Agent, role and prompt of each session, in order.</summary>
    public List<(string Agent, string Role, string Prompt)> Played { get; } = [];

    /// <summary>What happened, replayed facts included.</summary>
    public List<MissionFact> Facts { get; } = [];

    /// <summary>Pulled at a write of the journal; null for never.</summary>
    public Plug? Plug { get; set; }

    /// <summary>How often the process died and another went on.</summary>
    public int Deaths { get; private set; }

    /// <summary>What the journal had when the process died last.</summary>
    public IReadOnlyList<MissionFact> DiedAfter { get; private set; } = [];

    public RunEngine Engine => new(Journal, TimeProvider.System, Options);

    public ApprovalDesk Desk => new(Journal, TimeProvider.System, Options);

    private IStore Journal { get; set; }

    private RunEngineOptions Options => new() { WaitsInProcess = false, Holder = new Holder(Deaths + 1, "start", "here"), IsDead = holder => holder.Pid <= Deaths };

    public static async Task<DrivenMission> Create() => new(await UserCheckout.Create());

    public static AgentOutcome Says(string text) => new() { Kind = OutcomeKind.Completed, Detail = "ok", FinalText = text, CostUsd = 0.01m };

    public static AgentOutcome Fails(FailureKind failure, string detail) => new() { Kind = OutcomeKind.Failed, Failure = failure, Detail = detail };

    /// <summary>Begins a mission and executes it.</summary>
    public async Task<RunOutcome> Run(CancellationToken stop = default)
    {
        var request = With(new MissionRequest
        {
            Objective = "Reach it",
            Base = (await user.Run("rev-parse", "HEAD")).Trim(),
            Green = "autopilot/green",
            Verification = VerificationPlan.Of("./check"),
            Settings = new MissionSettings { RetryDelay = TimeSpan.Zero, MaxRetryDelay = TimeSpan.Zero, Review = false, CheckObjective = false },
            RepairCandidates = 1,
        });
        return await Resume(await Engine.Create(Flow, request, "mission", RunSettings.None), stop);
    }

    /// <summary>Executes a mission that has begun; where the plug is pulled, another process goes on with it.</summary>
    public async Task<RunOutcome> Resume(string id, CancellationToken stop = default)
    {
        Journal = Plug is { } plug ? new CrashingStore(state.Store, plug) : state.Store;
        try
        {
            return await Engine.Execute(Flow, id, RunSettings.None, acceptDrift: false, stop);
        }
        catch (CrashException)
        {
            (Deaths, Journal) = (Deaths + 1, state.Store);
            DiedAfter = await Recorded(id);
            Facts.Clear();
            return await Resume(id, CancellationToken.None);
        }
    }

    /// <summary>Goes on with the newest mission and what follows it, as often as the process dies.</summary>
    /// <returns>The reports of all missions, the oldest first.</returns>
    public async Task<IReadOnlyList<MissionReport>> Follow()
    {
        try
        {
            var newest = (await Engine.List())[0].Id;
            await Resume(newest);
            await new MissionChain(this).Follow(newest, approved: false, CancellationToken.None);
        }
        catch (CrashException)
        {
            (Deaths, Journal) = (Deaths + 1, state.Store);
            return await Follow();
        }

        var reports = new List<MissionReport>();
        foreach (var run in (await Engine.List()).Reverse()) reports.Add(await MissionReplay.Report(Engine, run.Id));
        return reports;
    }

    public async Task<Proposal?> ProposalOf(string id) => (await Engine.Get(id)).State == RunState.Completed ? (await MissionReplay.Report(Engine, id)).Proposal : null;

    public Task<string?> SuccessorOf(string id) => Engine.Named(ChainLink.NameAfter(id));

    public Task<bool> Agrees(string id, Proposal proposal) => Task.FromResult(true);

    public async Task<string> Begin(string id, Proposal proposal, CancellationToken cancellation)
    {
        var report = await MissionReplay.Report(Engine, id);
        var next = (await MissionReplay.Request(Engine, id)).After(id, proposal, report.CostUsd, report.Took);
        return await Engine.Create(Flow, next! with { Base = report.Commit!, GreenBefore = report.Commit }, "mission", RunSettings.None, ChainLink.NameAfter(id));
    }

    public Task Execute(string id, CancellationToken cancellation) => Resume(id, CancellationToken.None);

    /// <summary>What the journal has of a mission.</summary>
    public async Task<IReadOnlyList<MissionFact>> Recorded(string id) => [.. (await MissionReplay.History(Engine, id)).Select(h => h.Fact)];

    /// <summary>Makes a commit after the first one that is on no branch.</summary>
    public async Task<string> CommitOfAnother() =>
        (await user.Run("commit-tree", "-p", "HEAD", "-m", "of another", (await user.Run("rev-parse", "HEAD^{tree}")).Trim())).Trim();

    /// <summary>Points green at a commit, as a git of somebody else does.</summary>
    public void MoveGreen(string commit)
    {
        Directory.CreateDirectory(user[".git/refs/heads/autopilot"]);
        File.WriteAllText(user[GreenFile], commit + "\n");
    }

    /// <summary>Whether green is in the user's repository.</summary>
    public bool GreenIsThere() => File.Exists(user[GreenFile]);

    public MissionReport Report(RunOutcome ended) => Flow.ResultOf(ended);

    /// <summary>The names of the files on green.</summary>
    public async Task<string[]> OnGreen() => (await user.Run("ls-tree", "-r", "--name-only", "autopilot/green")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The titles of the trees that green was at, the newest first.</summary>
    public async Task<string[]> Titles() => (await user.Run("log", "--first-parent", "--format=%s", "autopilot/green")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The text of a file on a branch of the hub.</summary>
    public async Task<string> InHub(string branch, string file) => (await user.Git.Run(folder["ours/hub.git"], CancellationToken.None, "show", $"{branch}:{file}")).Output;

    /// <summary>Where green is.</summary>
    public async Task<string> Green() => (await user.Run("rev-parse", "autopilot/green")).Trim();

    public async Task<bool> HasGreen() => (await user.Run("for-each-ref", "refs/heads/autopilot/green")).Length > 0;

    public async Task<VerificationReport> Verify(VerificationPlan plan, string folder, string? output, CancellationToken cancellation)
    {
        lock (Commands) Commands.UnionWith(plan.Nodes.Select(node => node.Command));
        var good = IsGood(folder);
        var commit = (await user.Git.Run(folder, cancellation, "rev-parse", "HEAD")).Text;
        if (good) lock (Verified) Verified.Add(commit);
        return new VerificationReport([new NodeResult("check", true, 1, good ? 0 : 1, null, TimeSpan.Zero, Tests(folder) is { } passed ? new TestCounts(passed, 0, 0, []) : null, "as it is")]);
    }

    public async ValueTask DisposeAsync()
    {
        stop.Dispose();
        await ledger.DisposeAsync();
        await state.DisposeAsync();
        user.Dispose();
        folder.Dispose();
    }

    private Workflow<MissionRequest, MissionReport> Flow => MissionWorkflow.Of(Parts, (_, fact) => Facts.Add(fact));

    private async Task<MissionParts> Parts(string runId, MissionRequest request, CancellationToken cancellation)
    {
        var repository = await UserRepository.Require(user.Git, user.Root, cancellation);
        var hub = await Hub.Open(user.Git, repository, folder["ours/hub.git"], cancellation);
        var sessions = new AgentSessions(new SessionParts
        {
            AgentFor = role => (Agent("first", role), null),
            Otherwise = role => [.. StandIns.Select(name => ((IAgent)Agent(name, role), (string?)null))],
            Governor = governor,
            Redactor = new SecretRedactor(new Redactor([])),
            Clock = TimeProvider.System,
            RunFolder = state.FolderOf,
            Version = "test",
        });
        var roles = Roles();
        return new MissionParts
        {
            Sessions = sessions,
            Desk = new RoleDesk(roles, new RoleModels(Models!, roles, governor, (_, _) => null, TimeProvider.System), sessions),
            Prompts = new PromptTemplates(),
            Verifier = this,
            Workspaces = new WorkspacePool(hub, folder["ours/pool"], TimeProvider.System),
            Checkpoints = new Checkpoint(hub),
            Integration = new Integration(hub, TimeProvider.System),
            Green = new GreenBranch(repository, hub, new OperationLog(user.Git, repository, folder["operations.jsonl"], TimeProvider.System), request.Green, new Core.Merging.CommitId(request.Base), new MergeGate(governor, runId)),
            Approvals = Desk,
            Degradation = governor,
            Clock = TimeProvider.System,
            Past = async stop => [.. (await PastMissions.Read(Engine, runId, 20, stop)).Select(r => r.AsPast())],
            Log = (_, _) => Task.FromResult(""),
            Instructions = "None.",
            Folder = state.FolderOf(runId),
        };
    }

    private RoleResolver Roles()
    {
        var bindings = new Dictionary<string, RoleBinding> { [RoleResolver.Default] = new("first") };
        if (Models is { } models) bindings[ModelRole] = models.Names.Reverse().Aggregate((RoleBinding?)null, (next, name) => new RoleBinding(name, null, next))!;
        return new RoleResolver(bindings, ["first"], Models?.Names ?? []);
    }

    private ScriptedAgent Agent(string name, string role) => new(name, request => Play(name, role, request), name) { Before = (request, cancellation) => Before(role, request, cancellation) };

    private AgentOutcome Play(string name, string role, AgentRequest request)
    {
        lock (Played)
        {
            Played.Add((name, role, request.Prompt));
            var outcome = PlaysAs(name, role, request);
            if (outcome.Failure != FailureKind.None) return outcome;
            if (role == "planner" && outcome.FinalText is "") return Says(Plans.Count > 0 ? Plans.Dequeue() : """{"nothing_left": true}""");
            if (role == "worker") Works(request.Workspace);
            return outcome;
        }
    }
}
