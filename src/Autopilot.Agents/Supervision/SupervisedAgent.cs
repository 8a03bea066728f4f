using Autopilot.Agents.Launching;
using Autopilot.Core.Agents;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Agents.Supervision;

/// <summary>An agent that is a process: plans it, runs it under the supervisor, translates its output, watches its limits, and has the end judged.</summary>
public sealed class SupervisedAgent(IAgentAdapter adapter, AgentSettings settings, AgentShell shell) : IAgent
{
    public string Name => settings.Name;

    public string Vendor => settings.Vendor ?? adapter.Vendor ?? settings.Name;

    public AgentCapabilities Capabilities => adapter.Capabilities;

    public async Task<AgentOutcome> RunAsync(AgentRequest request, Func<AgentEvent, ValueTask> observe, CancellationToken cancellation)
    {
        request = shell.Limited(request);
        if (string.IsNullOrWhiteSpace(request.Prompt)) return OutcomeJudge.Unstartable("The prompt is empty: say what is to be done.");
        if (!Directory.Exists(request.Workspace)) return OutcomeJudge.Unstartable($"The folder {request.Workspace} does not exist.");
        var place = await shell.Place(request, cancellation);
        using var scratch = new ScratchFolder();
        var plan = adapter.Plan(request, settings, shell.Surroundings(scratch.Path, place.IsSandboxed));
        if (ExecutableSearch.Find(plan.Executable, plan.Environment.GetValueOrDefault("PATH"), shell.Home, request.Workspace) is not { } executable)
            return OutcomeJudge.Missing(adapter.Traits(settings), plan.Executable);
        scratch.Prepare(plan);
        plan = plan with { Executable = executable };
        var refusals = place.IsSandboxed ? new RefusalWatch(adapter.Traits(settings).ExitCodeDecides, shell.Count) : null;
        var facts = new SessionFacts(shell.Prices, request.Model ?? settings.Model);
        await using var session = new SessionProcess(adapter.Translator(request), facts, request, new SessionWatch(request.Limits, adapter.Capabilities, adapter.Traits(settings).ExitCodeDecides), refusals, observe);
        await using var cell = await place.Enter(Spec(plan, request), plan, scratch.Path, session.Refused);
        refusals?.Guard(cell.Guarded);
        return await Run(cell, session, facts, request, observe, cancellation);
    }

    private async Task<AgentOutcome> Run(SandboxCell cell, SessionProcess session, SessionFacts facts, AgentRequest request, Func<AgentEvent, ValueTask> observe, CancellationToken cancellation)
    {
        var before = await shell.Workspaces.Look(request.Workspace, cancellation);
        using var configuration = ConfigurationGuard.Begin(shell.Configuration, request.Workspace);
        ProcessExit exit;
        using var guard = new SessionGuard(shell, request, () => session.Memory, session.Stop);
        AgentStatus? appeared;
        try
        {
            exit = await session.Run(shell.Processes, cell, cancellation);
        }
        catch (ExecutableNotFoundException missing)
        {
            return OutcomeJudge.Missing(adapter.Traits(settings), missing.Executable);
        }
        finally
        {
            appeared = shell.Settled(configuration);
        }
        if (appeared is not null) await observe(appeared);
        if (session.IsWatched && RepositoryMetadata.RemovePlanted(request.Workspace) is { } planted) await observe(new AgentStatus($"removed, for git would have obeyed it: {planted}"));
        var changes = await before.Compare(CancellationToken.None); // also what a cancelled session did is reported
        await session.Settle(changes ?? []);
        return OutcomeJudge.Judge(adapter.Traits(settings), request, facts, EndOf(exit, session, changes));
    }

    private static ProcessSpec Spec(LaunchPlan plan, AgentRequest request) => new()
    {
        Executable = plan.Executable,
        Arguments = plan.Arguments,
        WorkingDirectory = request.Workspace,
        Environment = plan.Environment,
        Input = ProcessInput.Of(plan.Stdin),
        WallClockLimit = request.Limits.WallClock,
        SilenceLimit = request.Limits.Silence,
    };

    private SessionEnd EndOf(ProcessExit exit, SessionProcess session, IReadOnlyList<FileDifference>? changes) => new()
    {
        ExitCode = exit.Code,
        Signal = exit.Signal,
        Cause = exit.End switch
        {
            ProcessEnd.Cancelled => EndCause.Cancelled,
            ProcessEnd.WallClock => EndCause.WallClock,
            ProcessEnd.Silence => EndCause.Silence,
            ProcessEnd.Stopped => session.StopCause,
            _ => EndCause.ByItself,
        },
        At = shell.Clock.GetUtcNow(),
        Duration = exit.Duration,
        ErrorTail = exit.ErrorTail,
        FilesChanged = changes?.Select(c => c.Path).ToList(),
    };
}
