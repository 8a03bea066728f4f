using Autopilot.Agents.Supervision;
using Autopilot.Agents.Translation;
using Autopilot.Core.Agents;
using Autopilot.Platform.Processes;

namespace Autopilot.Agents.Conversations;

/// <summary>Hands the lines of one long-lived process to the turn that is under way; what comes between turns is kept for the next.</summary>
/// <param name="translator">Reads the process's output.</param>
/// <param name="workspace">Where the agent works.</param>
/// <param name="isOwn">Whether the turn that just ended was the agent's own, and answers no prompt.</param>
internal sealed class ConversationStream(ITranslator translator, string workspace, Func<bool> isOwn) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly FileContents contents = new(workspace);
    private readonly List<AgentEvent> pending = [];
    private Current? current;

    /// <summary>Notes what the sandbox refused; null where there is none.</summary>
    public RefusalWatch? Refusals { get; set; }

    /// <summary>Notes in the recording what was refused out here; from any thread.</summary>
    public void Refused(string what)
    {
        if (Refusals?.Told(what) is { } note) _ = Deliver(() => pending.Add(note)).AsTask();
    }

    /// <summary>Starts a turn; the task ends with its result, or with the limit it broke.</summary>
    public Task<EndCause> Begin(SessionFacts facts, SessionWatch watch, Func<AgentEvent, ValueTask> observe, Action heard)
    {
        current = new(facts, watch, observe, heard, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return current.Answered.Task;
    }

    /// <summary>Ends the turn: what the workspace shows beyond the agent's words is observed, too.</summary>
    public async Task Finish(IReadOnlyList<FileDifference> changes)
    {
        await gate.WaitAsync();
        var turn = current;
        current = null;
        gate.Release();
        if (Refusals?.Rest() is { } rest) await turn!.Observe(rest);
        foreach (var change in changes)
            if (contents.Unseen(change) is { } final) await turn!.Observe(final);
    }

    public ValueTask Output(OutputLine line) => Deliver(() => translator.Output(line.Bytes, line.Length, pending));

    public ValueTask Error(OutputLine line) => Deliver(() => translator.Error(line.ToString(), pending));

    public void Dispose() => gate.Dispose();

    private async ValueTask Deliver(Action translate)
    {
        await gate.WaitAsync();
        try
        {
            translate();
            if (current is not { } turn) return;
            turn.Heard();
            foreach (var value in pending) await Handle(turn, contents.Complete(value));
            pending.Clear();
        }
        catch (Exception e) when (current is { } turn)
        {
            turn.Answered.TrySetException(e); // what cannot be recorded fails the turn
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask Handle(Current turn, AgentEvent value)
    {
        turn.Facts.Add(value);
        await turn.Observe(value);
        if (Refusals?.Seen(value) is { } refused) await turn.Observe(refused);
        if (turn.Watch.Exceeded(turn.Facts) is { } limit) turn.Answered.TrySetResult(limit);
        else if (value is TurnEnded && !isOwn()) turn.Answered.TrySetResult(EndCause.ByItself);
    }

    private sealed record Current(
        SessionFacts Facts, SessionWatch Watch, Func<AgentEvent, ValueTask> Observe, Action Heard, TaskCompletionSource<EndCause> Answered);
}
