using System.Text.Json;
using Autopilot.Core.Runs;

namespace Autopilot.Engine.Runs;

/// <summary>One execution of a run; see <see cref="IRun"/>. Its methods run in turn with the workflow's code, bodies do not.</summary>
internal sealed class DurableRun : IRun
{
    private const int LongestInputShown = 300;
    private static readonly AsyncLocal<string?> InsideBody = new();

    private readonly RunExecution execution;
    private readonly Replay replay;
    private readonly WorkflowContext context;
    private readonly Dictionary<string, int> failedHere = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> failedBefore = new(StringComparer.Ordinal);

    public DurableRun(RunExecution execution, IReadOnlyList<StepRecord> records)
    {
        this.execution = execution;
        replay = new Replay(execution.RunId, records);
        context = new WorkflowContext(replay.Idle);
    }

    public string Id => execution.RunId;

    public string Workflow => execution.Workflow.Name;

    public CancellationToken Stopping => execution.Stopping;

    /// <summary>The steps whose failure is what ended the workflow.</summary>
    /// <param name="onlyReplayed">Only those that did not run in this execution.</param>
    public IReadOnlyList<int> CausesOf(Exception error, bool onlyReplayed = false) =>
        [.. StepsIn(error).Distinct(StringComparer.Ordinal).SelectMany(key => SeqOf(key, onlyReplayed))];

    /// <summary>Executes the workflow from the top.</summary>
    public Task<string> Execute(string input) => context.Run(async () =>
    {
        var result = await execution.Workflow.Execute(this, input);
        replay.End();
        return result;
    });

    public Task<T> Step<T>(string key, object? input, Func<CancellationToken, Task<T>> body) =>
        InTurn(key, () => StepInTurn(key, input, body));

    public Task<DateTimeOffset> Now(string key) => InTurn(key, () => Draw(key, "now", () => execution.Clock.GetUtcNow()));

    public Task<string> NewId(string key) => InTurn(key, () => Draw(key, "id", execution.NewId));

    public Task SleepUntil(string key, DateTimeOffset until) => InTurn(key, async () =>
    {
        var text = execution.Workflow.Values.Write(until.ToUniversalTime());
        var hash = StepValues.Hash(text);
        var record = replay.Ask(key, "sleep", hash, () => text);
        if (record?.State == StepState.Completed) return true;
        await replay.Turn(key);
        var seq = record?.Seq ?? replay.NextSeq();
        if (record is null) await execution.Record(journal => journal.Started(seq, key, "sleep", hash, text));
        while (execution.Clock.GetUtcNow() < until) await execution.Wait(key, until);
        await execution.Record(journal => journal.Completed(seq, "true"));
        return true;
    });

    public Task<Answer> Ask(string key, Question question) => InTurn(key, async () =>
    {
        var text = execution.Workflow.Values.WriteInput(question);
        var hash = StepValues.Hash(text);
        var record = replay.Ask(key, "ask", hash, () => Shown(text));
        if (record?.State == StepState.Completed) return execution.Workflow.Values.Parse<Answer>(record.Outcome!);
        await replay.Turn(key);
        var seq = record?.Seq ?? replay.NextSeq();
        await execution.Record(journal => journal.Asked(record is null ? seq : null, key, hash, Shown(text), execution.Put(question)));
        var answer = await execution.AnswerTo(key);
        await execution.Record(journal => journal.Completed(seq, execution.Workflow.Values.Write(answer)));
        return answer;
    });

    private async Task<T> StepInTurn<T>(string key, object? input, Func<CancellationToken, Task<T>> body)
    {
        var values = execution.Workflow.Values;
        var text = values.WriteInput(input);
        var hash = StepValues.Hash(text);
        var record = replay.Ask(key, "step", hash, () => Shown(text));
        if (record?.State == StepState.Completed) return values.Parse<T>(record.Outcome!);
        if (record?.State == StepState.Failed) throw Replayed(record);
        await replay.Turn(key);
        Stopping.ThrowIfCancellationRequested();
        var seq = record?.Seq ?? replay.NextSeq();
        await execution.Record(journal =>
            record is null ? journal.Started(seq, key, "step", hash, Shown(text)) : journal.Restarted(seq, record.Attempt + 1));
        var outcome = execution.Redact(values.Write(await RunBody(seq, key, body)));
        await execution.Record(journal => journal.Completed(seq, outcome));
        return values.Parse<T>(outcome);
    }

    private async Task<T> RunBody<T>(int seq, string key, Func<CancellationToken, Task<T>> body)
    {
        try
        {
            return await Task.Run(() => Marked(key, body), CancellationToken.None);
        }
        catch (Exception error) when (Stopping.IsCancellationRequested)
        {
            // Whatever a body throws while it is being stopped is no judgement on its work: it runs again on resume.
            throw new OperationCanceledException($"Step '{key}' was stopped: {error.Message}", error, Stopping);
        }
        catch (RunSuspendedException wait)
        {
            throw execution.Suspend(wait.WaitingFor, wait.WakeAt);
        }
        catch (Exception error)
        {
            var failure = StepFailure.Of(error);
            failure = failure with { Message = execution.Redact(failure.Message) };
            await execution.Record(journal => journal.Failed(seq, key, failure));
            failedHere[key] = seq;
            throw new StepFailedException(key, failure, error);
        }
    }

    private async Task<T> Marked<T>(string key, Func<CancellationToken, Task<T>> body)
    {
        InsideBody.Value = key;
        return await body(Stopping);
    }

    private async Task<T> Draw<T>(string key, string kind, Func<T> draw)
    {
        var values = execution.Workflow.Values;
        if (replay.Ask(key, kind, inputHash: null, input: null) is { } record) return values.Parse<T>(record.Outcome!);
        await replay.Turn(key);
        var outcome = values.Write(draw());
        var seq = replay.NextSeq();
        await execution.Record(journal => journal.Drawn(seq, key, kind, outcome));
        return values.Parse<T>(outcome);
    }

    /// <summary>A call from outside the workflow's turn waits for it; one from within a body would be lost on replay.</summary>
    private Task<T> InTurn<T>(string key, Func<Task<T>> call)
    {
        if (InsideBody.Value is { } outer) throw new InvalidOperationException($"Step '{key}' is inside the body of step '{outer}': steps cannot contain steps.");
        return SynchronizationContext.Current == context ? call() : context.Run(call);
    }

    private StepFailedException Replayed(StepRecord record)
    {
        failedBefore[record.Key] = record.Seq;
        return new StepFailedException(record.Key, JsonSerializer.Deserialize(record.Failure!, RunJson.Default.StepFailure)!);
    }

    private IEnumerable<int> SeqOf(string key, bool onlyReplayed)
    {
        if (failedBefore.TryGetValue(key, out var before)) yield return before;
        else if (!onlyReplayed && failedHere.TryGetValue(key, out var here)) yield return here;
    }

    private static IEnumerable<string> StepsIn(Exception? error) => error switch
    {
        null => [],
        StepFailedException step => [step.Step],
        AggregateException several => several.InnerExceptions.SelectMany(StepsIn),
        _ => StepsIn(error.InnerException),
    };

    private string Shown(string input)
    {
        var clean = execution.Redact(input);
        return clean.Length <= LongestInputShown ? clean : clean[..LongestInputShown] + "...";
    }
}
