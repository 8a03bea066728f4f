using Autopilot.Agents;
using Autopilot.Agents.Models;
using Autopilot.Agents.Supervision;
using Autopilot.Core.Agents;
using Autopilot.Core.Configuration;
using Autopilot.Core.Models;
using Autopilot.Engine.Approvals;
using Autopilot.Engine.Recording;
using Autopilot.Engine.Runs;
using Autopilot.Git.Repository;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Processes.Containment;
using Autopilot.Platform.Processes.Survivors;
using Autopilot.Platform.Sandbox;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Composition;

/// <summary>What work in one folder needs: its repository's state, the engine, the agents, the funnel.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly Application application;
    private readonly ProcessSupervisor supervisor;
    private readonly SecretRedactor redactor;
    private readonly LiveSessions sessions = new();
    private RepositoryState? state;
    private Governing? governing;
    private GitCommand? git;
    private UserRepository? user;
    private GitCommand? networkGit;
    private ModelCatalog? models;

    /// <param name="application">The program.</param>
    /// <param name="folder">Where the work is, absolute.</param>
    /// <param name="configuration">What holds there.</param>
    /// <param name="more">Agents besides the configured ones.</param>
    public Workplace(Application application, string folder, EffectiveConfiguration configuration, params IEnumerable<AgentSettings> more)
    {
        this.application = application;
        Folder = folder;
        Configuration = configuration;
        Root = Places.RepositoryOf(folder);
        Registry = new ProcessRegistry(Path.Combine(application.Places.Home, "processes"));
        supervisor = new ProcessSupervisor(application.Clock, Registry);
        Confinement = new Confinement(SandboxSettings.Rules(application.Places, Root, configuration), cancellation => SandboxProbe.Run(supervisor, cancellation), application.Terminal.Warn);
        AgentSettings[] agents = [.. configuration.Get(AgentKeys.Agents)!.Values, .. more];
        application.Credentials = [.. Credentials.Values(application.Environment, agents, configuration.Get(ModelKeys.Models)!.Values)];
        application.Redactor = redactor = SecretRedactor.FromEnvironment(application.Environment, application.Credentials);
        Agents = new AgentCatalog(agents, new AgentShell
        {
            Processes = supervisor,
            Workspaces = new WorkspaceObserver(supervisor, application.Clock, application.Environment),
            Clock = application.Clock,
            Variables = application.Environment,
            Prices = configuration.PriceTable(),
            Confinement = Confinement,
            WorkspaceBytes = (long)configuration.Get(SessionKeys.Disk) << 20,
            Sessions = sessions,
            Configuration = Path.Combine(Root, Places.ConfigurationFile),
            Warn = application.Terminal.Warn,
            Count = (name, labels) => Governing.Count(name, labels),
        });
    }

    public string Folder { get; }

    /// <summary>The repository's root; the folder itself where there is none.</summary>
    public string Root { get; }

    public EffectiveConfiguration Configuration { get; }

    public AgentCatalog Agents { get; }

    /// <summary>The sandbox of agents and verification commands.</summary>
    public Confinement Confinement { get; }

    public IProcessSupervisor Processes => supervisor;

    /// <summary>How agents and what is below them are held together here.</summary>
    public ContainmentKind Containment => supervisor.Containment;

    /// <summary>Finds and ends what an earlier Autopilot that was killed has left.</summary>
    public ProcessRegistry Registry { get; }

    public SecretRedactor Redactor => redactor;

    public bool IsRepository => Places.IsRepository(Root);

    /// <summary>Opened, and made, when first asked for.</summary>
    public RepositoryState State => state ??= RepositoryState.Open(Root, application.Clock);

    public RunEngine Engine => new(State.Store, application.Clock, EngineOptions);

    /// <summary>Where questions to a person are put and answered.</summary>
    public ApprovalDesk Approvals => new(State.Store, application.Clock, EngineOptions);

    private RunEngineOptions EngineOptions => new()
    {
        Redact = redactor.RedactJson,
        Gates = Configuration.Get(ApprovalKeys.Gates)!,
        Requests = State.Requests,
    };

    /// <summary>Built when first asked for.</summary>
    public Governing Governing => governing ??= new Governing(application, Configuration, sessions);

    /// <summary>Isolated workspaces; null outside a repository.</summary>
    public IIsolation? Isolation => !IsRepository ? null : new WorkspaceIsolation(
        Git,
        Root,
        application.Places.WorkspacesOf(Root),
        Path.Combine(Root, ".autopilot", "operations.jsonl"),
        application.Clock,
        Watch);

    /// <summary>Shows and counts what is done to Autopilot's own repository from outside.</summary>
    public HubWatch Watch => new(application.Terminal.Warn, (name, labels) => Governing.Count(name, labels));

    /// <summary>Runs git, with everything pinned that could change its behaviour.</summary>
    public GitCommand Git => git ??= new GitCommand(supervisor, application.Environment, GitIdentity.Autopilot);

    /// <summary>The repository that the work is in.</summary>
    /// <exception cref="Core.UserErrorException">It is in none.</exception>
    public async Task<UserRepository> User(CancellationToken cancellation) => user ??= await UserRepository.Require(Git, Root, cancellation);

    /// <summary>Runs git as the user set it up to reach remotes, without any prompt.</summary>
    public GitCommand NetworkGit => networkGit ??= new GitCommand(supervisor, application.Environment, GitIdentity.Autopilot, network: true);

    public ModelCatalog Models => models ??= new ModelCatalog(Configuration.Get(ModelKeys.Models)!.Values, Agents.Get, name => application.Environment.GetValueOrDefault(name), application.Clock);

    /// <summary>Who plays which role.</summary>
    /// <param name="defaultAgent">Plays every role that is not bound, in place of the configured default; null for that.</param>
    public RoleResolver RolesWith(string? defaultAgent)
    {
        var bindings = new Dictionary<string, RoleBinding>(Configuration.Get(RoleKeys.Roles)!, StringComparer.Ordinal);
        if (defaultAgent is not null) bindings[RoleKeys.DefaultRole] = new RoleBinding(defaultAgent);
        return new RoleResolver(bindings, [.. Agents.Names, .. bindings.Values.SelectMany(b => b.All).Select(b => b.Agent).Where(Agents.Knows)], [.. Models.Names]);
    }

    public async ValueTask DisposeAsync()
    {
        if (governing is not null) await governing.DisposeAsync();
        models?.Dispose();
        if (state is not null) await state.DisposeAsync();
        Confinement.Dispose();
        supervisor.Dispose();
    }
}
