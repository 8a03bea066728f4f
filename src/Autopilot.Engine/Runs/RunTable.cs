using Autopilot.Core;
using Autopilot.Platform.Locks;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Runs;

/// <summary>The runs of a store: recorded, listed, taken in hand.</summary>
internal sealed class RunTable(IStore store, TimeProvider clock, RunEngineOptions options)
{
    /// <returns>The id; that of the run which has the name already, and then nothing is recorded.</returns>
    public Task<string> Insert(string id, string workflow, string title, string input, RunSettings settings, string? name) => store.Write(session =>
    {
        if (name is not null && Named(session, name) is { } other) return other;
        session.Execute(
            """
            INSERT INTO run(id, workflow, title, state, input, settings, settings_hash, created_at, updated_at, name)
            VALUES ($1, $2, $3, 'Created', $4, $5, $6, $7, $7, $8)
            """,
            id, workflow, title, input, settings.Json, settings.Hash, Now, name);
        Event(session, id, 0, "created", workflow);
        return id;
    });

    /// <returns>The id of the run with a name; null when there is none.</returns>
    public Task<string?> Named(string name) => store.Read(session => Named(session, name));

    /// <summary>The newest first.</summary>
    public Task<List<RunSummary>> List() => store.Read(session => session.Query(
        $"SELECT {RunSummary.Columns} FROM run ORDER BY created_at DESC, id DESC", RunSummary.Read));

    /// <exception cref="UserErrorException">There is no such run.</exception>
    public async Task<RunSummary> Get(string id)
    {
        var found = await store.Read(session => session.Query($"SELECT {RunSummary.Columns} FROM run WHERE id = $1", RunSummary.Read, id));
        return found.Count == 1 ? found[0] : throw new UserErrorException($"There is no run '{id}' here. 'autopilot session list' shows those there are.");
    }

    /// <summary>Waiting runs whose time has come or whose question is answered.</summary>
    public Task<List<string>> Due() => store.Read(session => session.Query(
        """
        SELECT id FROM run WHERE state = 'Waiting' AND (wake_at <= $1
          OR EXISTS (SELECT 1 FROM question q JOIN step s ON s.run_id = q.run_id AND s.state = 'Started'
                     WHERE q.run_id = run.id AND q.answer IS NOT NULL AND (s.key = q.key
                       -- One that a body put has no step of its own: it wakes the body that began before it was answered.
                       OR s.started_at <= q.answered_at AND NOT EXISTS (SELECT 1 FROM step own WHERE own.run_id = q.run_id AND own.key = q.key))))
        ORDER BY created_at
        """,
        row => row.GetString(0), Now));

    public Task<(string Input, RunSettings Settings)> Begin(string id) => store.Read(session => session.Query(
        "SELECT input, settings FROM run WHERE id = $1", row => (row.GetString(0), RunSettings.Parse(row.GetString(1))), id)[0]);

    public Task<string?> ResultOf(string id) => store.Read(session => session.Scalar<string>("SELECT result FROM run WHERE id = $1", id));

    /// <summary>Takes the run in hand.</summary>
    /// <returns>The fence of this holder: higher than that of any before.</returns>
    /// <exception cref="UserErrorException">A living process has it: the message names its pid and host.</exception>
    public Task<long> Acquire(string id) => store.Write(session =>
    {
        var run = session.Query($"SELECT {RunSummary.Columns} FROM run WHERE id = $1", RunSummary.Read, id)[0];
        if (run.Holder is { } holder && !options.IsDead(holder) && run.LeaseUntil > clock.GetUtcNow())
            throw new UserErrorException(
                $"Run {id} is being executed by {holder}. Wait for it, or stop it there; if that process is gone, the run is free at {run.LeaseUntil:u}.",
                ExitCodes.Blocked);
        session.Execute(
            """
            UPDATE run SET state = 'Running', fence = fence + 1, holder_pid = $2, holder_started_at = $3, holder_host = $4, lease_until = $5,
              updated_at = $6, failure = NULL, stop_cause = NULL, waiting_for = NULL, wake_at = NULL
            WHERE id = $1
            """,
            id, options.Holder.Pid, options.Holder.StartedAt, options.Holder.Host, LeaseEnd, Now);
        Event(session, id, run.Fence + 1, run.Holder is null ? "taken" : "taken-over", DescribeTake(run.Holder));
        return run.Fence + 1;
    });

    /// <returns>False when another holder has it now.</returns>
    public Task<bool> Renew(string id, long fence) => store.Write(session =>
        session.Execute("UPDATE run SET lease_until = $3 WHERE id = $1 AND fence = $2", id, fence, LeaseEnd) > 0);

    /// <summary>Replaces the settings a run began with by those of today.</summary>
    public Task AcceptSettings(string id, long fence, RunSettings settings, IReadOnlyList<string> differences) => store.Write(session =>
    {
        var changed = session.Execute(
            "UPDATE run SET settings = $3, settings_hash = $4 WHERE id = $1 AND fence = $2", id, fence, settings.Json, settings.Hash);
        if (changed == 0) throw new LeaseLostException(id, fence);
        Event(session, id, fence, "settings-accepted", string.Join("; ", differences));
    });

    private static string? Named(SqlSession session, string name) => session.Scalar<string>("SELECT id FROM run WHERE name = $1", name);

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private long LeaseEnd => (clock.GetUtcNow() + options.LeaseTime).ToUnixTimeMilliseconds();

    private string DescribeTake(Holder? before) =>
        before is null ? $"by {options.Holder}" : $"by {options.Holder} from {before}, which is gone";

    private void Event(SqlSession session, string id, long fence, string kind, string detail) => session.Execute(
        "INSERT INTO run_event(run_id, at, fence, kind, detail) VALUES ($1, $2, $3, $4, $5)", id, Now, fence, kind, detail);
}
