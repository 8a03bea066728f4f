using System.Text;
using System.Text.Json.Nodes;
using Autopilot.Core.Loops.Ledger;
using Autopilot.Core.Loops.Pairs;
using Autopilot.Core.Loops.Phases;
using Autopilot.Platform.Files;

namespace Autopilot.Workflows.Loops;

/// <summary>The readable state of a run, written from the record: each file whole or not at all, no absolute path in any of them.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="redact">What everything passes that is written.</param>
internal sealed class LoopProjection(string folder, LoopRequest request, Func<string, string> redact)
{
    private readonly Dictionary<string, string> written = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private int events;
    private readonly StringBuilder eventLines = new();
    private LoopRecord? eventsOf;
    private int newest;

    /// <param name="number">The order of the views: one that comes late is not written any more.</param>
    public void Write(LoopRecord record, IReadOnlyList<PairDefinition> pairs, int number)
    {
        lock (gate)
        {
            if (number < newest) return;
            newest = number;
            Write(record, pairs);
        }
    }

    private void Write(LoopRecord record, IReadOnlyList<PairDefinition> pairs)
    {
        var at = record.Depth == 0 ? "" : $"followups/{record.Depth}/";
        Put(at + "run.json", RunJson(record));
        Put(at + "request.md", record.Request.TrimEnd() + "\n");
        Put(at + "events.jsonl", Events(record));
        Put(at + "raw_phase_log.md", $"# Log of {record.Id}\n{record.RawLog}");
        Put(at + "decisions.md", LedgerText.Markdown(record.Ledger));
        foreach (var (path, content) in record.Artifacts) Put($"{at}artifacts/{path}", content);
        foreach (var place in Places(record, pairs))
        {
            if (record.Reviews.TryGetValue(place.Folder, out var review)) Put($"{at}artifacts/{place.Folder}/criteria.md", CriteriaText.Of(place, review.Report));
            if (record.FeedbackOf(place.Folder) is { Length: > 0 } feedback) Put($"{at}artifacts/{place.Folder}/feedback.md", feedback);
        }
    }

    private static IEnumerable<PairPlace> Places(LoopRecord record, IReadOnlyList<PairDefinition> pairs) =>
        pairs.SelectMany(pair => pair.PerPhase ? (record.Plan?.Phases ?? []).Select(phase => new PairPlace(pair, phase)) : [new PairPlace(pair, null)]);

    private string RunJson(LoopRecord record)
    {
        var plan = record.Plan ?? new PhasePlan([]);
        var run = new JsonObject
        {
            ["run_id"] = record.Id,
            ["task_id"] = request.TaskId,
            ["parent_run_id"] = record.ParentId,
            ["followup_depth"] = record.Depth,
            ["request_file"] = "request.md",
            ["artifacts_dir"] = "artifacts",
            ["status"] = record.Status,
            ["pairs"] = Names(request.Pairs),
            ["working_on"] = Names(record.WorkingOn()),
            ["completed_pairs"] = Names(record.CompletedPairs()),
            ["phase_status"] = new JsonObject(plan.Phases.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Id, record.CompletedPhases.Contains(p.Id) ? "completed" : "planned"))),
        };
        return run.ToJsonString() + "\n";
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => JsonValue.Create(n))]);

    private string Events(LoopRecord record)
    {
        if (eventsOf != record)
        {
            eventLines.Clear();
            events = 0;
            eventsOf = record;
        }

        foreach (var entry in record.Events.Skip(events)) eventLines.Append(entry.ToJsonString()).Append('\n');
        events = record.Events.Count;
        return eventLines.ToString();
    }

    private void Put(string name, string content)
    {
        if (written.TryGetValue(name, out var before) && before == content) return;
        written[name] = content;
        var path = Path.Combine(folder, name);
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        // Not flushed to the disk: after a power loss all of it is written anew from the journal.
        var temporary = path + ".new";
        File.WriteAllText(temporary, redact(content));
        File.Move(temporary, path, overwrite: true);
    }
}
