using System.Text;
using System.Text.Json.Nodes;
using Autopilot.Core.Loops.Ledger;
using Autopilot.Core.Loops.Pairs;
using Autopilot.Core.Loops.Phases;

namespace Autopilot.Workflows.Loops;

/// <summary>The readable state of a run, written from the record: each file whole or not at all, no absolute path in any of them.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="redact">What everything passes that is written.</param>
internal sealed class LoopProjection(string folder, LoopRequest request, Func<string, string> redact)
{
    private readonly Dictionary<string, (object? Version, string Content)> written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GrowingFile> growing = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
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
        Growing(at + "events.jsonl").Write(record, "", record.Events.Count, start => Lines(record.Events.Skip(start)));
        Growing(at + "raw_phase_log.md").Write(record, $"# Log of {record.Id}\n", record.LogLength, record.LogAfter);
        Put(at + "decisions.md", (record, record.Ledger.Count), () => LedgerText.Markdown(record.Ledger));
        foreach (var (path, content) in record.Artifacts) Put($"{at}artifacts/{path}", content);
        foreach (var place in Places(record, pairs))
        {
            if (record.Reviews.TryGetValue(place.Folder, out var review)) Put($"{at}artifacts/{place.Folder}/criteria.md", review, () => CriteriaText.Of(place, review.Report));
            if (record.Feedback.TryGetValue(place.Folder, out var feedback)) Put($"{at}artifacts/{place.Folder}/feedback.md", (feedback, feedback.Length), feedback.ToString);
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
            ["followup_depth"] = request.After.Count + record.Depth,
            ["request_file"] = "request.md",
            ["artifacts_dir"] = "artifacts",
            ["status"] = record.Status,
            ["pairs"] = Names(request.Pairs),
            ["working_on"] = Names(record.WorkingOn),
            ["completed_pairs"] = Names(record.CompletedPairs),
            ["phase_status"] = new JsonObject(plan.Phases.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Id, record.CompletedPhases.Contains(p.Id) ? "completed" : "planned"))),
        };
        return run.ToJsonString() + "\n";
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => JsonValue.Create(n))]);

    private static string Lines(IEnumerable<JsonObject> entries)
    {
        var lines = new StringBuilder();
        foreach (var entry in entries) lines.Append(entry.ToJsonString()).Append('\n');
        return lines.ToString();
    }

    private GrowingFile Growing(string name) =>
        growing.TryGetValue(name, out var file) ? file : growing[name] = new GrowingFile(Path.Combine(folder, name), redact);

    private void Put(string name, string content) => Put(name, content, () => content);

    /// <param name="version">Equal where the content is the same; it is looked at only where this is not.</param>
    private void Put(string name, object version, Func<string> content)
    {
        var isThere = written.TryGetValue(name, out var before);
        if (isThere && version.Equals(before.Version)) return;
        var text = content();
        written[name] = (version, text);
        if (!isThere || text != before.Content) ReadableFile.Replace(Path.Combine(folder, name), redact(text));
    }
}
