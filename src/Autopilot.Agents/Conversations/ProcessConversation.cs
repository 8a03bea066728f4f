using Autopilot.Agents.Launching;
using Autopilot.Agents.Supervision;
using Autopilot.Core.Agents;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Agents.Conversations;

/// <summary>Several turns in one process of an agent. When the process is gone, the next turn resumes the session in a new one.</summary>
internal abstract class ProcessConversation(IAgentAdapter adapter, AgentSettings settings, AgentShell shell, AgentRequest request) : IAgentConversation
{
    private readonly AgentTraits traits = adapter.Traits(settings);
    private readonly AgentRequest request = shell.Limited(request);
    private readonly Lock turns = new();
    private SessionGuard? guard;
    private TurnClocks? turn;
    private ScratchFolder? scratch;
    private ISupervisedProcess? process;
    private ConversationStream? stream;
    private SandboxCell? cell;
    private ConfigurationGuard? configuration;
    private string? interlude;
    private Task stopping = Task.CompletedTask;
    private string? model = request.Model ?? settings.Model;

    public string? SessionId { get; private set; } = request.ResumeSessionId;

    protected AgentSettings Settings { get; } = settings;

    protected AgentShell Shell { get; } = shell;

    /// <summary>Whether the process that was started last is in a sandbox of ours.</summary>
    protected bool IsSandboxed { get; private set; }

    public virtual async Task<AgentOutcome> Turn(string prompt, Func<AgentEvent, ValueTask> observe, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(prompt)) return OutcomeJudge.Unstartable("The prompt is empty: say what is to be done.");
        if (await Full(observe) is { } full) return full;
        var facts = new SessionFacts(Shell.Prices, model);
        var before = await Shell.Workspaces.Look(request.Workspace, cancellation);
        try
        {
            if (process is null or { Completion.IsCompleted: true } && await Start(cancellation) is { } missing) return missing;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new AgentOutcome { Kind = OutcomeKind.Cancelled, Detail = "It was stopped before it began.", SessionId = SessionId };
        }
        var started = Shell.Clock.GetTimestamp();
        using var clocks = new TurnClocks(request.Limits, Shell.Clock, cancellation);
        Guard(clocks); // until Ask ends
        var answered = stream!.Begin(facts, new SessionWatch(request.Limits, adapter.Capabilities), observe, clocks.Heard);
        var cause = await Ask(prompt, answered, clocks);
        var exit = process!.Completion.IsCompleted ? await process.Completion : null;
        var changes = await before.Compare(CancellationToken.None);
        cell?.NoteReads();
        await stream.Finish(changes ?? []);
        if (Shell.Settled(configuration) is { } appeared) await observe(appeared);
        if (clocks.Reason is { } reason) await observe(new AgentStatus($"ended: {reason}"));
        SessionId = facts.SessionId ?? SessionId;
        model = facts.Model ?? model;
        return OutcomeJudge.Judge(traits, request with { ResumeSessionId = SessionId }, facts, new SessionEnd
        {
            ExitCode = exit?.Code,
            Signal = exit?.Signal,
            Cause = cause,
            At = Shell.Clock.GetUtcNow(),
            Duration = Shell.Clock.GetElapsedTime(started),
            ErrorTail = exit?.ErrorTail ?? [],
            FilesChanged = changes?.Select(c => c.Path).ToList(),
        });
    }

    public virtual async ValueTask DisposeAsync()
    {
        guard?.Dispose();
        if (process is { Completion.IsCompleted: false })
        {
            await process.CompleteInput();
            await process.DisposeAsync();
        }
        if (cell is not null) await cell.DisposeAsync();
        Shell.Settled(configuration);
        configuration?.Dispose();
        stream?.Dispose();
        scratch?.Dispose();
    }

    /// <summary>How the process is started that is to go on with the request's session.</summary>
    protected abstract LaunchPlan Plan(AgentRequest resumed, Surroundings surroundings);

    /// <summary>What reads the output of a process that is about to start.</summary>
    protected abstract ConversationStream Listen(AgentRequest resumed);

    /// <summary>Makes a process that has just started ready for its first prompt.</summary>
    protected virtual Task Greet(ISupervisedProcess running, AgentRequest resumed, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Hands a prompt to the process.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    protected abstract Task Say(ISupervisedProcess running, string prompt, CancellationToken cancellation);

    /// <summary>Ends the turn under way, and the process.</summary>
    protected virtual Task Break(ISupervisedProcess running, string reason) => running.Stop(reason);

    private void Guard(TurnClocks? under)
    {
        lock (turns) turn = under;
    }

    // Between turns nobody is there to be told: the next one does that, and starts the process anew.
    private void End(EndCause cause, string reason)
    {
        lock (turns)
        {
            if (turn is not null)
            {
                turn.End(cause, reason);
            }
            else if (process is { Completion.IsCompleted: false } idle)
            {
                interlude = reason;
                stopping = idle.Stop(reason);
            }
        }
    }

    /// <summary>Tells what ended the process since the last turn, and holds this one back while the workspace is too large.</summary>
    private async Task<AgentOutcome?> Full(Func<AgentEvent, ValueTask> observe)
    {
        var grown = guard?.Grown();
        if (grown is not null) End(EndCause.Disk, grown);
        string? ended;
        lock (turns) (ended, interlude) = (interlude ?? grown, null);
        await stopping;
        if (ended is not null) await observe(new AgentStatus($"ended between its turns: {ended}"));
        return grown is null ? null : OutcomeJudge.Full(request, SessionId);
    }

    private async Task<AgentOutcome?> Start(CancellationToken cancellation)
    {
        if (cell is not null) await cell.DisposeAsync();
        stream?.Dispose();
        scratch?.Dispose();
        scratch = new ScratchFolder();
        var resumed = request with { ResumeSessionId = SessionId, NewSessionId = SessionId is null ? request.NewSessionId : null };
        var place = await Shell.Place(request, cancellation);
        IsSandboxed = place.IsSandboxed;
        var plan = Plan(resumed, Shell.Surroundings(scratch.Path, place.IsSandboxed));
        if (ExecutableSearch.Find(plan.Executable, plan.Environment.GetValueOrDefault("PATH"), Shell.Home, request.Workspace) is not { } executable)
            return OutcomeJudge.Missing(traits, plan.Executable);
        scratch.Prepare(plan);
        stream = Listen(resumed);
        var spec = new ProcessSpec
        {
            Executable = executable,
            Arguments = plan.Arguments,
            WorkingDirectory = request.Workspace,
            Environment = plan.Environment,
            Input = ProcessInput.Pipe,
            OnOutput = stream.Output,
            OnError = stream.Error,
        };
        guard ??= new SessionGuard(Shell, request, () => process is { Completion.IsCompleted: false } running ? running.Memory : 0, End);
        if (place.IsSandboxed) stream.Refusals = new RefusalWatch(traits.ExitCodeDecides, Shell.Count);
        configuration ??= ConfigurationGuard.Begin(Shell.Configuration, request.Workspace);
        cell = await place.Enter(spec, plan, scratch.Path, stream.Refused);
        stream.Refusals?.Guard(cell.Guarded);
        process = await Shell.Processes.Start(cell.Spec, CancellationToken.None); // it outlives the turn; a cancelled turn ends it by Stop
        await Greet(process, resumed, cancellation);
        return null;
    }

    /// <summary>Hands over the prompt and waits for its result, the end of the process, or a limit.</summary>
    private async Task<EndCause> Ask(string prompt, Task<EndCause> answered, TurnClocks clocks)
    {
        var running = process!;
        try
        {
            await Say(running, prompt, clocks.Token);
            var first = await Task.WhenAny(answered, running.Completion).WaitAsync(clocks.Token);
            if (first != answered) return EndCause.ByItself;
            var limit = await answered;
            if (limit != EndCause.ByItself) await Break(running, $"limit reached: {limit}");
            return limit;
        }
        catch (OperationCanceledException) when (clocks.Token.IsCancellationRequested)
        {
            await Break(running, clocks.Cause.ToString());
            return clocks.Cause;
        }
        catch (IOException)
        {
            await running.Completion; // it is gone: its exit tells why
            return EndCause.ByItself;
        }
        finally
        {
            Guard(null);
        }
    }
}
