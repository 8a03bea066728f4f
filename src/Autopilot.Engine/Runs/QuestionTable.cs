using System.Data.Common;
using System.Text.Json;
using Autopilot.Core;
using Autopilot.Core.Runs;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Runs;

/// <summary>The questions that runs ask, and their answers: each is given once and stays.</summary>
public sealed class QuestionTable(IStore store, TimeProvider clock)
{
    private const string Columns = "run_id, key, gate, text, detail, choices, asked_at, due_at, on_timeout, answer, answered_by, reason, answered_at";

    /// <summary>Those without an answer, the oldest first.</summary>
    public Task<List<PendingQuestion>> Open() => store.Read(session => session.Query(
        $"SELECT {Columns} FROM question WHERE answer IS NULL ORDER BY asked_at, run_id, key", Read));

    /// <summary>Those of one run, answered or not, the oldest first.</summary>
    public Task<List<PendingQuestion>> Of(string runId) => store.Read(session => session.Query(
        $"SELECT {Columns} FROM question WHERE run_id = $1 ORDER BY asked_at, key", Read, runId));

    /// <summary>Asks, unless it was asked before: then the earlier question stays as it is.</summary>
    public Task Put(string runId, string key, Question question)
    {
        var now = clock.GetUtcNow();
        var choices = JsonSerializer.Serialize(question.Choices, RunJson.Default.IReadOnlyListString);
        return store.Write(session => session.Execute(
            """
            INSERT INTO question(run_id, key, gate, text, detail, choices, asked_at, due_at, on_timeout)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (run_id, key) DO NOTHING
            """,
            runId, key, question.Gate, question.Text, question.Detail, choices,
            now.ToUnixTimeMilliseconds(), (now + question.Timeout)?.ToUnixTimeMilliseconds(), question.OnTimeout));
    }

    public async Task<PendingQuestion?> Find(string runId, string key)
    {
        var found = await store.Read(session => session.Query($"SELECT {Columns} FROM question WHERE run_id = $1 AND key = $2", Read, runId, key));
        return found.SingleOrDefault();
    }

    /// <summary>Answers, unless there is an answer already or the time for one is over: then silence has answered.</summary>
    /// <returns>The answer that holds: this one, the earlier one, or that of the time-out.</returns>
    /// <exception cref="UserErrorException">There is no such question, or the value is not among its choices.</exception>
    public async Task<Answer> Give(string runId, string key, string value, string by, string? reason)
    {
        if (await Find(runId, key) is not { } asked) throw new UserErrorException($"Run {runId} has asked no question '{key}'.");
        if ((await Settled(asked)).Answer is { } earlier) return earlier;
        if (asked.Question.Choices.Count > 0 && !asked.Question.Choices.Contains(value, StringComparer.Ordinal) && value != asked.Question.OnTimeout)
            throw new UserErrorException($"'{value}' is no answer to '{key}'; choose one of: {string.Join(", ", asked.Question.Choices)}.");
        return await Answered(runId, key, value, by, reason);
    }

    /// <summary>The question as it stands: where nobody has answered in time, what was agreed for that is the answer from now on.</summary>
    public async Task<PendingQuestion> Settled(PendingQuestion asked) =>
        asked.Answer is null && asked.DueAt <= clock.GetUtcNow()
            ? asked with { Answer = await Answered(asked.RunId, asked.Key, asked.Question.OnTimeout ?? "", Answer.Timeout, reason: null) }
            : asked;

    private async Task<Answer> Answered(string runId, string key, string value, string by, string? reason)
    {
        await store.Write(session => session.Execute(
            "UPDATE question SET answer = $3, answered_by = $4, reason = $5, answered_at = $6 WHERE run_id = $1 AND key = $2 AND answer IS NULL",
            runId, key, value, by, reason, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return (await Find(runId, key))!.Answer!;
    }

    private static PendingQuestion Read(DbDataReader row)
    {
        var askedAt = row.Time(6);
        var dueAt = row.TimeOrNull(7);
        var choices = JsonSerializer.Deserialize(row.GetString(5), RunJson.Default.IReadOnlyListString)!;
        var question = new Question(row.GetString(2), row.GetString(3), row.Text(4), choices, dueAt - askedAt, row.Text(8));
        var answer = row.Text(9) is { } value ? new Answer(value, row.GetString(10), row.Text(11), row.Time(12)) : null;
        return new PendingQuestion(row.GetString(0), row.GetString(1), question, askedAt, dueAt, answer);
    }
}
