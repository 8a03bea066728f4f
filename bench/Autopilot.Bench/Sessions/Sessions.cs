using System.Globalization;
using Autopilot.Agents;
using Autopilot.Agents.Supervision;
using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Engine.Ledger;
using Autopilot.Engine.Recording;
using Autopilot.Engine.Runs;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Processes.Survivors;
using Autopilot.Platform.Sandbox;
using Autopilot.Platform.Sql;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Bench.Sessions;

/// <summary>All that sessions need, put together as the program does it, in a scratch folder.</summary>
internal sealed class Sessions : IAsyncDisposable, ITaskObserver
{
    private readonly string folder = Directory.CreateTempSubdirectory("autopilot-bench-").FullName;
    private readonly Dictionary<string, string> variables;
    private readonly ProcessSupervisor supervisor;
    private readonly Confinement? confinement;
    private readonly SecretRedactor redactor;
    private readonly RepositoryState state;
    private readonly Store ledger;
    private readonly StopSource stop;
    private readonly Governor governor;

    /// <param name="watch">How agents are looked at in the sandbox; null to run them without one.</param>
    public Sessions(SandboxWatch? watch = null)
    {
        variables = new(StringComparer.Ordinal) { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["HOME"] = folder, ["AUTOPILOT_HOME"] = Path.Combine(folder, "home") };
        supervisor = new ProcessSupervisor(TimeProvider.System, new ProcessRegistry(Path.Combine(folder, "processes")));
        var rules = new SandboxRules { Mode = SandboxMode.Required, Watch = watch ?? SandboxWatch.Off, Entry = Environment.ProcessPath, Hidden = SecretPaths.In("/root") };
        confinement = watch is not null ? new Confinement(rules, cancellation => SandboxProbe.Run(supervisor, cancellation), Console.Error.WriteLine) : null;
        redactor = SecretRedactor.FromEnvironment(variables);
        state = RepositoryState.Open(NewFolder("repository"), TimeProvider.System);
        var home = GovernorHome.Resolve(variables);
        var machine = new ModeMachine(home, TimeProvider.System);
        stop = new StopSource(home, new KillSwitch(home, machine), null, TimeProvider.System);
        ledger = LedgerSchema.Open(home, TimeProvider.System);
        governor = new Governor(home, ledger, machine, stop, new GovernorLimits(), TimeProvider.System, Console.Error.WriteLine);
    }

    /// <summary>Called with every event.</summary>
    public Action<AgentEvent> Saw { get; set; } = _ => { };

    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    /// <summary>A whole durable run of one session: journal, permit, process, recording, ledger.</summary>
    public async Task Run(AgentSettings agent, string name)
    {
        var request = new TaskRequest { Prompt = "Measure this.", Agent = agent.Name, Folder = NewFolder(name), Slug = "bench" };
        var engine = new RunEngine(state.Store, TimeProvider.System, new RunEngineOptions { Redact = redactor.RedactJson });
        var ended = await engine.Start(TaskWorkflow.Of(Parts(agent)), request, "bench", RunSettings.None, CancellationToken.None);
        var result = TaskResults.Reader.ResultOf(ended);
        if (result.Outcome.Kind != OutcomeKind.Completed) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{result.Outcome.Kind}: {result.Outcome.Detail}"));
    }

    public async ValueTask DisposeAsync()
    {
        stop.Dispose();
        await ledger.DisposeAsync();
        await state.DisposeAsync();
        confinement?.Dispose();
        supervisor.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    void ITaskObserver.Began(string agent, string folder, string recording, string? note)
    {
    }

    void ITaskObserver.Saw(AgentEvent value) => Saw(value);

    void ITaskObserver.Ended(AgentOutcome outcome)
    {
    }

    private TaskParts Parts(AgentSettings agent) => new()
    {
        Agents = new AgentCatalog([agent], Shell()).Get,
        Governor = governor,
        Redactor = redactor,
        Clock = TimeProvider.System,
        RunFolder = state.FolderOf,
        Observer = this,
        StopCause = () => null,
        Version = "bench",
    };

    private AgentShell Shell() => new()
    {
        Processes = supervisor,
        Workspaces = new WorkspaceObserver(supervisor, TimeProvider.System, variables),
        Clock = TimeProvider.System,
        Variables = variables,
        Confinement = confinement,
    };
}
