using Autopilot.Core;
using Autopilot.Core.Runs;
using Autopilot.Engine.Runs;

namespace Autopilot.Workflows.Tasks;

/// <summary>One task for one agent, as a durable run.</summary>
public static class TaskWorkflow
{
    public const string Name = "task";

    public static Workflow<TaskRequest, TaskResult> Of(TaskParts parts) => new(Name, TaskJson.Default, (run, request) => Execute(run, request, parts));

    private static async Task<TaskResult> Execute(IRun run, TaskRequest request, TaskParts parts)
    {
        var startedAt = await run.Now("started");
        var at = request.Isolated ? await run.Step("base", request.BaseRevision, cancellation => Isolation(parts).Base(request.BaseRevision, cancellation)) : null;
        var session = await run.Step("session", request, cancellation => new SessionStep(run, request, parts, startedAt, at).Run(cancellation));
        if (at is null) return new TaskResult(session.Outcome, session.Recording, Branch: null, session.Agent);
        var branch = request.BranchOf(run.Id);
        var message = $"{request.Slug}\n\n{session.Outcome.Detail}\n\nAutopilot-Run: {run.Id}\nAutopilot-Agent: {session.Agent ?? request.Agent}\n";
        var left = await run.Step("branch", (branch, message), cancellation => Isolation(parts).Leave(run.Id, at, branch, message, cancellation));
        return new TaskResult(session.Outcome, session.Recording, left ? branch : null, session.Agent);
    }

    private static IIsolation Isolation(TaskParts parts) =>
        parts.Isolation ?? throw new UserErrorException("--isolated needs a git repository. Run 'git init' there, or leave the flag out.");
}
