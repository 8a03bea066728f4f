using Autopilot.Core.Agents;
using Autopilot.Core.Runs;
using Autopilot.Core.Verification;
using Autopilot.Engine.Recording;
using Autopilot.Engine.Runs;
using Autopilot.Platform.Locks;
using Autopilot.Platform.Sql;
using Autopilot.Testing;
using Autopilot.Workflows.Loops;
using Autopilot.Workflows.Loops.Spaces;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Workflows.Tests.Loops;

/// <summary>A loop over scripted agents in a folder of its own, driven through crashes and questions to its end.</summary>
internal sealed class LoopWorld : IVerifier, IDisposable
{
    public const string Plan = "version: 1\nphases:\n  - {phase_id: one, title: One, objective: o, in_scope: [a], deliverables: [b]}\n  - {phase_id: two, title: Two, objective: o, dependencies: [one], in_scope: [a], deliverables: [b]}\n";
    public const string Independent = "version: 1\nphases:\n  - {phase_id: one, title: One, objective: o, in_scope: [a], deliverables: [b]}\n  - {phase_id: two, title: Two, objective: o, in_scope: [a], deliverables: [b]}\n";
    public const string Passed = """{"status":"passed","summary":"all there","gaps":[],"revised_request":null}""";
    public const string Gaps = """{"status":"needs_followup","summary":"x is missing","gaps":[{"id":"G1","severity":"high","summary":"no x","evidence":["ls"],"followup":"add x"}],"revised_request":"Add x."}""";

    public static readonly TokenUsage UsageOfATurn = new(10, 1, 0, 0);

    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly HashSet<int> dead = [];
    private readonly AsyncLocal<SessionOrder?> current = new();
    private readonly Lock gate = new();

    public LoopWorld() => Space = new MemorySpace(folder["space"]);

    public MemorySpace Space { get; }

    /// <summary>Makes the space in which an execution works; null for <see cref="Space"/>.</summary>
    public Func<ILoopSpace>? Instead { get; set; }

    /// <summary>What an agent says in a turn, by the turn's key without the agent; the workspace is where it may write.</summary>
    public Func<string, string, string?> Says { get; set; } = (_, _) => null;

    /// <summary>What a turn changes in its workspace, as the agent's outcome has it; null for no way to see it.</summary>
    public Func<string, IReadOnlyList<string>?> Changes { get; set; } = _ => null;

    /// <summary>Whether a turn ends badly.</summary>
    public Func<string, bool> Breaks { get; set; } = _ => false;

    public Func<int, bool> IsGreen { get; set; } = _ => true;

    public LoopRequest Request { get; set; } = new() { TaskId = "task", Request = "Make it.", Pairs = ["plan", "implement", "test", "audit"], Verification = VerificationPlan.Of("true") };

    /// <summary>The turns that were begun, in order.</summary>
    public List<string> Turns { get; } = [];

    public List<SessionOrder> Orders { get; } = [];

    /// <summary>Whether the verification of a folder passes.</summary>
    public Func<string, bool> IsGreenIn { get; set; } = _ => true;

    public int Checks => Commands.Count;

    /// <summary>What each verification ran.</summary>
    public List<string> Commands { get; } = [];

    public string Folder => folder["run"];

    public LoopResult? Result { get; private set; }

    public StepFailure? Failure { get; private set; }

    public string? Question { get; private set; }

    public static string ReportOf(string turn, string verdict = "complete", string target = "candidate", bool met = true) =>
        $$"""{"criteria":[{{string.Join(',', CriteriaOf(turn).Select(id => $$"""{"id":"{{id}}","met":{{(met ? "true" : "false")}},"evidence":"seen"}"""))}}],"findings":[],"verdict":"{{verdict}}","target":"{{target}}","summary":"so it is"}""";

    /// <summary>Runs until it completes, fails or waits.</summary>
    public Task<RunOutcome> Run(string? answer = null) => Run(new Plug(int.MaxValue, false), answer);

    public async Task<RunOutcome> Run(Plug plug, string? answer = null)
    {
        while (true)
        {
            await using var file = Store.Open(new SqliteDialect(folder["autopilot.db"]), clock, RunSchema.Tables);
            try
            {
                var outcome = await Execute(new CrashingStore(file, plug), file, answer);
                (Failure, Question) = (outcome.Failure, outcome.WaitingFor);
                Result = outcome.State == RunState.Completed ? Flow.ResultOf(outcome) : null;
                return outcome;
            }
            catch (CrashException)
            {
                dead.Add(dead.Count + 1);
            }
        }
    }

    public Task<VerificationReport> Verify(VerificationPlan plan, string folder, string? output, CancellationToken cancellation)
    {
        bool green;
        lock (gate)
        {
            Commands.Add(string.Join("; ", plan.Nodes.Select(n => n.Command)));
            green = IsGreen(Checks) && IsGreenIn(folder);
        }

        return Task.FromResult(new VerificationReport([new NodeResult("verify", true, 1, green ? 0 : 1, null, TimeSpan.Zero, null, green ? "" : "red")]));
    }

    public void Dispose() => folder.Dispose();

    private Workflow<LoopRequest, LoopResult> Flow => LoopWorkflow.Of((_, _) => new LoopParts
    {
        Templates = new LoopTemplates(),
        Session = Session,
        AgentFor = AgentFor,
        Verifier = this,
        Space = Instead?.Invoke() ?? Space,
        Folder = Folder,
        Redact = text => text,
        Clock = clock,
    });

    private async Task<RunOutcome> Execute(IStore store, IStore questions, string? answer)
    {
        var engine = new RunEngine(store, clock, new RunEngineOptions
        {
            Holder = new Holder(dead.Count + 1, "start", "here"),
            IsDead = holder => dead.Contains(holder.Pid),
            NewId = () => "0123456789abcdef0123456789abcdef",
            WaitsInProcess = false,
        });
        var runs = await engine.List();
        if (runs.Count == 0) return await engine.Start(Flow, Request, "loop", RunSettings.None, default);
        if (answer is not null && runs[0].WaitingFor is { } key) await new QuestionTable(questions, clock).Give(runs[0].Id, key, answer, "user", null);
        return await engine.Execute(Flow, runs[0].Id, RunSettings.None, acceptDrift: false, default);
    }

    private (IAgent Agent, string? Model) AgentFor(string role) => (new ScriptedAgent(role == "reviewer" ? "second" : "first", Play), null);

    private async Task<AgentOutcome> Session(SessionOrder order, CancellationToken cancellation)
    {
        current.Value = order;
        var sessions = new AgentSessions(new SessionParts
        {
            AgentFor = AgentFor,
            Governor = new GrantingGovernor(),
            Redactor = SecretRedactor.FromEnvironment([]),
            Clock = clock,
            RunFolder = _ => folder["recordings"],
            Version = "test",
        });
        return await sessions.Run(order, cancellation);
    }

    private AgentOutcome Play(AgentRequest request)
    {
        var order = current.Value!;
        var turn = order.Key[..order.Key.LastIndexOf('/')];
        lock (gate)
        {
            Turns.Add(turn);
            Orders.Add(order);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        if (Breaks(turn)) return new AgentOutcome { Kind = OutcomeKind.Failed, Failure = FailureKind.ServerError, Detail = "the provider broke" };
        var text = Says(turn, order.Workspace) ?? Usual(turn, order.Workspace);
        return new AgentOutcome { Kind = OutcomeKind.Completed, Detail = "done", FinalText = text, Usage = UsageOfATurn, SessionId = "session-" + turn, FilesChanged = Changes(turn) };
    }

    private static string Usual(string turn, string workspace)
    {
        if (turn.Contains("/verify", StringComparison.Ordinal)) return ReportOf(turn);
        if (turn.Contains("audit", StringComparison.Ordinal)) return Passed;
        if (turn.Contains("plan/", StringComparison.Ordinal)) Leave(workspace, "plan/phase_plan.yaml", Plan);
        return "Done.";
    }

    public static void Leave(string workspace, string artifact, string content)
    {
        var path = Path.Combine(workspace, ".autopilot", "loop", "artifacts", artifact);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private static IEnumerable<string> CriteriaOf(string turn) =>
        new LoopTemplates().Pairs().First(p => turn.Split('/').Contains(p.Name)).Criteria.Select(c => c.Id);
}
