using System.Text;
using System.Text.Json.Nodes;
using Autopilot.Core.Loops.Ledger;
using Autopilot.Core.Loops.Phases;
using Autopilot.Core.Loops.Review;

namespace Autopilot.Workflows.Loops;

/// <summary>Everything that one run of the chain knows, rebuilt from the journal on every execution. Files are made from it and never read back.</summary>
internal sealed class LoopRecord(string id, string? parentId, int depth, string request, string original, List<LedgerEntry> ledger)
{
    private readonly StringBuilder log = new();
    private readonly OrderedDictionary<string, string> workingOn = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, bool> completed = new(StringComparer.Ordinal);
    private LoopRecord? from;
    private int inherited;

    public string Id { get; } = id;

    public string? ParentId { get; } = parentId;

    public int Depth { get; } = depth;

    /// <summary>What this run is to fulfil: for a follow-up the revised request.</summary>
    public string Request { get; } = request;

    /// <summary>What the user asked for.</summary>
    public string Original { get; } = original;

    /// <summary>Inherited by follow-ups.</summary>
    public List<LedgerEntry> Ledger { get; } = ledger;

    public List<JsonObject> Events { get; } = [];

    /// <summary>Contents by path below <c>artifacts/</c>.</summary>
    public SortedDictionary<string, string> Artifacts { get; } = new(StringComparer.Ordinal);

    /// <summary>What producers have to mend, by the pair's folder.</summary>
    public Dictionary<string, StringBuilder> Feedback { get; } = new(StringComparer.Ordinal);

    /// <summary>The last report and its consequences, by the pair's folder.</summary>
    public Dictionary<string, (ReviewReport? Report, GateVerdict Verdict)> Reviews { get; } = new(StringComparer.Ordinal);

    /// <summary>The results of verifications, in order.</summary>
    public List<string> Verifications { get; } = [];

    public PhasePlan? Plan { get; set; }

    public List<string> CompletedPhases { get; } = [];

    public string Status { get; set; } = "running";

    /// <summary>The last time that the journal knows.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>The length of the raw log, in characters.</summary>
    public int LogLength => log.Length;

    /// <summary>The pairs at work, with the cycle of each.</summary>
    public IEnumerable<string> WorkingOn => workingOn.Values;

    /// <summary>The pairs that are complete, as <c>pair</c> or <c>pair/phase</c>.</summary>
    public IEnumerable<string> CompletedPairs => completed.Keys;

    /// <summary>The raw log from a character on.</summary>
    public string LogAfter(int start) => log.ToString(start, log.Length - start);

    /// <summary>A copy for a line of work beside others, which is joined later.</summary>
    public LoopRecord Fork()
    {
        var fork = new LoopRecord(Id, ParentId, Depth, Request, Original, [.. Ledger]) { Plan = Plan, Status = Status, Now = Now, from = this, inherited = Ledger.Count };
        foreach (var (path, content) in Artifacts) fork.Artifacts[path] = content;
        foreach (var (folder, text) in Feedback) fork.Feedback[folder] = new StringBuilder().Append(text);
        foreach (var (folder, review) in Reviews) fork.Reviews[folder] = review;
        fork.CompletedPhases.AddRange(CompletedPhases);
        return fork;
    }

    /// <summary>Takes over what a fork has learnt. Forks of the same moment touch different pairs' folders.</summary>
    public void Join(LoopRecord fork)
    {
        var at = fork.from!;
        Ledger.AddRange(fork.Ledger.Skip(fork.inherited));
        foreach (var entry in fork.Events) Add(entry.DeepClone().AsObject());
        log.Append(fork.log);
        foreach (var (path, content) in fork.Artifacts)
            if (!ReferenceEquals(at.Artifacts.GetValueOrDefault(path), content)) Artifacts[path] = content;
        foreach (var (folder, text) in fork.Feedback)
            if (at.Feedback.GetValueOrDefault(folder)?.Length != text.Length) Feedback[folder] = text;
        foreach (var (folder, review) in fork.Reviews)
            if (!ReferenceEquals(at.Reviews.GetValueOrDefault(folder).Verdict, review.Verdict)) Reviews[folder] = review;
        Verifications.AddRange(fork.Verifications);
        if (fork.Now > Now) Now = fork.Now;
    }

    /// <summary>A copy with what forks know so far.</summary>
    public LoopRecord With(IEnumerable<LoopRecord> forks)
    {
        var whole = Fork();
        foreach (var entry in Events) whole.Add(entry);
        whole.log.Append(log);
        foreach (var fork in forks) whole.Join(fork);
        return whole;
    }

    public void Event(string type, params (string Name, JsonNode? Value)[] fields)
    {
        var entry = new JsonObject { ["ts"] = Now.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffff+00:00", System.Globalization.CultureInfo.InvariantCulture), ["run_id"] = Id, ["seq"] = 0, ["event_type"] = type };
        foreach (var (name, value) in fields) entry[name] = value;
        Add(entry);
    }

    private void Add(JsonObject entry)
    {
        entry["seq"] = Events.Count + 1;
        Events.Add(entry);
        var place = (string?)entry["phase_id"] is { } phase ? $"{entry["pair"]}/{phase}" : $"{entry["pair"]}";
        switch ((string?)entry["event_type"])
        {
            case "cycle_started": workingOn[place] = $"{place.Replace('/', ' ')}, cycle {entry["cycle"]}"; break;
            case "phase_sent_back": workingOn.Remove(place); break;
            case "pair_completed":
                workingOn.Remove(place);
                completed[place] = true;
                break;
        }
    }

    public void Log(string header, string body) => log.Append($"\n---\nrun_id={Id} | {header}\n---\n{body.TrimEnd()}\n");

    public void AddFeedback(string folder, string title, IEnumerable<string> lines)
    {
        if (!Feedback.TryGetValue(folder, out var text)) Feedback[folder] = text = new StringBuilder();
        text.Append($"## {title}\n\n");
        foreach (var line in lines) text.Append($"- {line.ReplaceLineEndings("\n  ")}\n");
        text.Append('\n');
    }

    public string FeedbackOf(string folder) => Feedback.TryGetValue(folder, out var text) ? text.ToString() : "";
}
