using System.Text.Json;

namespace Autopilot.Workflows.Loops.Importing;

/// <summary>Reads the state that autoloop (<c>.autoloop/</c>) and its predecessor (<c>.superloop/</c>) left in a workspace. It is never changed.</summary>
public static class AutoloopState
{
    private static readonly string[] Folders = [".autoloop", ".superloop"];

    /// <summary>All runs, the oldest first within each task.</summary>
    public static IReadOnlyList<AutoloopRun> Runs(string workspace) =>
    [
        .. Folders.Select(f => Path.Combine(workspace, f, "tasks")).Where(Directory.Exists).SelectMany(Children)
            .SelectMany(task => Children(Path.Combine(task, "runs")).Select(run => Read(task, run))),
    ];

    /// <summary>The chain in which a run is, the first run first: only its last may still be open.</summary>
    public static IReadOnlyList<AutoloopRun> ChainOf(AutoloopRun run, IReadOnlyList<AutoloopRun> all)
    {
        var chain = new LinkedList<AutoloopRun>([run]);
        var others = all.Where(r => r.TaskId == run.TaskId && r != run).ToList();
        // Each is taken once: what is written in files may lead in a circle.
        while (Take(others, r => r.RunId == chain.First!.Value.ParentId) is { } parent) chain.AddFirst(parent);
        while (Take(others, r => r.ParentId == chain.Last!.Value.RunId) is { } child) chain.AddLast(child);
        return [.. chain];
    }

    private static AutoloopRun? Take(List<AutoloopRun> from, Predicate<AutoloopRun> which)
    {
        var found = from.FindLast(which);
        if (found is not null) from.Remove(found);
        return found;
    }

    private static IEnumerable<string> Children(string folder) => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal) : [];

    private static AutoloopRun Read(string task, string run)
    {
        var events = Events(Path.Combine(run, "events.jsonl"));
        string[] plans = [Path.Combine(run, "artifacts", "plan", "phase_plan.yaml"), Path.Combine(task, "plan", "phase_plan.yaml")];
        string[] ledgers = [Path.Combine(run, "decisions.txt"), Path.Combine(task, "decisions.txt")];
        return new AutoloopRun(
            Path.GetFileName(task), Path.GetFileName(run), StatusOf(events), TextOf(Path.Combine(run, "request.md")) ?? "", DoneIn(events), plans.FirstOrDefault(File.Exists) is { } plan ? File.ReadAllText(plan) : null,
            events.Select(e => Text(e, "parent_run_id")).FirstOrDefault(p => p is not null), AutoloopLedger.Parse(ledgers.Select(TextOf).FirstOrDefault(t => t is { Length: > 0 }) ?? "", Path.GetFileName(run)));
    }

    private static string? TextOf(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;

    private static List<JsonElement> Events(string file) => [.. (File.Exists(file) ? File.ReadLines(file) : []).Select(Parse).OfType<JsonElement>()];

    private static string StatusOf(List<JsonElement> events) => events.FindLast(e => Text(e, "event_type") is "run_finished" or "run_resumed") is { ValueKind: JsonValueKind.Object } last && Text(last, "event_type") == "run_finished"
        ? Text(last, "status") ?? "unknown"
        : "running";

    private static IReadOnlyList<string> DoneIn(List<JsonElement> events) =>
        [.. events.Where(e => Text(e, "event_type") == "pair_completed").Select(e => (Pair: Text(e, "pair"), Phase: Text(e, "phase_id"))).Where(p => p.Pair is not null).Select(p => p.Phase is null ? p.Pair! : $"{p.Pair}/{p.Phase}").Distinct(StringComparer.Ordinal)];

    /// <summary>A line that was cut by a crash is nothing.</summary>
    private static JsonElement? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
