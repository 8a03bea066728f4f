using Autopilot.ModelServer.Conversation;
using Autopilot.ModelServer.Scenarios;

namespace Autopilot.RealAgents.Tests.Workflows;

/// <summary>
/// The model behind a workflow: what our own prompt says chooses the turn, and what was done since then the step. A turn that a test
/// holds is silent once, when its agent has already done something: that is where the plug is pulled.
/// </summary>
internal sealed class WorkflowModel(string marker, IReadOnlyList<ScriptedTurn> turns)
{
    private readonly Lock gate = new();
    private (string Turn, TaskCompletionSource Reached)? held;

    /// <summary>Completes when the agent of such a turn has done its first step; the model then says nothing to it.</summary>
    public Task Hold(string turn)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate) held = (turn, reached);
        return reached.Task;
    }

    /// <summary>The hook for the server; null for requests of others.</summary>
    public ModelReply? Answer(ModelRequest request)
    {
        for (var at = request.Turns.Count - 1; at >= 0; at--)
        {
            var (kind, text) = (request.Turns[at].Kind, request.Turns[at].Text);
            if (kind != TurnKind.User || !text.Contains(marker, StringComparison.Ordinal)) continue;
            if (turns.FirstOrDefault(t => t.Matches(text)) is { } turn) return Step(turn, request.StepSince(at));
        }

        return null;
    }

    private ModelReply Step(ScriptedTurn turn, int step)
    {
        lock (gate)
        {
            if (step > 0 && held is { } one && one.Turn == turn.Name)
            {
                held = null;
                one.Reached.SetResult();
                return ModelReply.Fail(new Fault(FaultKind.Hang));
            }
        }

        return turn.Steps[Math.Min(step, turn.Steps.Count - 1)];
    }
}
