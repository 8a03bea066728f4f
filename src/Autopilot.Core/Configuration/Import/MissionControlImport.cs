using System.Globalization;
using System.Text;

namespace Autopilot.Core.Configuration.Import;

/// <summary>Turns a <c>mission-control.toml</c> into a configuration of ours.</summary>
public sealed class MissionControlImport
{
    private static readonly (string From, string To, Func<object, string?> Write)[] Keys =
    [
        ("target.objective", "mission.objective", v => v is string { Length: > 0 } text ? YamlScalar.Of(text) : null),
        ("scheduler.parallel.num_workers", "mission.workers", v => Whole(v, 1, 256)),
        ("continuous.max_wall_time_seconds", "mission.max_time", v => Seconds(v, 1)),
        ("continuous.min_ambition_score", "mission.min_ambition", v => Whole(v, 1, 10)),
        ("continuous.retry_base_delay_seconds", "mission.retry_delay", v => Seconds(v, 0)),
        ("continuous.verify_objective_completion", "mission.check_objective", Flag),
        ("green_branch.green_branch", "mission.green", v => v is string { Length: > 0 } text ? YamlScalar.Of(text) : null),
        ("review.enabled", "mission.review", Flag),
        ("review.min_review_score", "mission.min_review_score", v => Number(v) is >= 1 and <= 10 ? Text(v) : null),
        ("continuous.chain_max_depth", "mission.chain_max_depth", v => Whole(v, 1, 100)),
        ("continuous.cleanup_interval", "mission.cleanup_interval", v => Whole(v, 0, 100)),
        ("speculation.branch_count", "mission.speculate", v => Whole(v, 0, 5)),
        ("speculation.uncertainty_threshold", "mission.speculate_from", v => Number(v) is >= 0 and <= 1 ? Text(v) : null),
        ("speculation.selection_metric", "mission.speculate_by", v => v switch { "review_score" => "review", "cost" => "cost", _ => null }),
        ("scheduler.session_timeout", "mission.worker_time", v => Seconds(v, 1)),
        ("scheduler.budget.max_per_session_usd", "budget.session", Money),
        ("scheduler.budget.max_per_run_usd", "budget.run", Money),
        ("scheduler.model", "roles.default", Claude),
        ("models.planner_model", "roles.planner", Claude),
        ("models.worker_model", "roles.worker", Claude),
        ("review.model", "roles.reviewer", Claude),
    ];

    private const string Nodes = "target.verification.nodes[";

    private readonly Dictionary<string, TomlEntry> entries;
    private readonly List<string> mapped = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    private MissionControlImport(IReadOnlyList<TomlEntry> all) => entries = all.ToDictionary(e => e.Path, StringComparer.Ordinal);

    /// <exception cref="UserErrorException">It is not TOML.</exception>
    public static ImportedConfiguration Read(string text, string source)
    {
        var all = TomlText.Read(text, source);
        var import = new MissionControlImport(all);
        var yaml = import.Write();
        return new ImportedConfiguration(yaml, import.mapped, [.. all.Where(e => !import.used.Contains(e.Path))]);
    }

    private string Write()
    {
        var yaml = new StringBuilder();
        Verification(yaml);
        var section = "";
        foreach (var (from, to, write) in Keys.OrderBy(k => k.To.Split('.')[0], StringComparer.Ordinal))
        {
            if (IsSwitchedOff(from) || !entries.TryGetValue(from, out var entry) || write(entry.Value) is not { } value) continue;
            Use(from, to);
            var parts = to.Split('.');
            if (section != parts[0]) yaml.Append(section = parts[0]).Append(":\n");
            yaml.Append("  ").Append(parts[1]).Append(": ").Append(value).Append('\n');
        }

        return yaml.ToString();
    }

    /// <summary>The settings of what is not enabled there would enable it here.</summary>
    private bool IsSwitchedOff(string path) => path.StartsWith("speculation.", StringComparison.Ordinal) && entries.GetValueOrDefault("speculation.enabled")?.Value is not true;

    // The single command held only where there were no nodes. What set a checkout up is a command of its own here, for every checkout is clean.
    private void Verification(StringBuilder yaml)
    {
        var commands = new List<(string Name, string Prefix)>();
        if (IsText("target.verification.setup_command")) commands.Add(("setup", "target.verification.setup_"));
        var nodes = entries.Keys.Where(k => k.StartsWith(Nodes, StringComparison.Ordinal)).Select(k => k[..(k.IndexOf(']') + 2)]).Distinct(StringComparer.Ordinal).Where(n => IsText(n + "command")).ToList();
        if (nodes.Count > 0) commands.AddRange(nodes.Select((n, i) => (NodeName(n, i), n)));
        else if (IsText("target.verification.command")) commands.Add(("verify", "target.verification."));
        if (commands.Count > 0) yaml.Append("verify:\n");
        foreach (var (name, prefix) in commands) Node(yaml, name, prefix);
    }

    private string NodeName(string node, int index)
    {
        var kind = entries.TryGetValue(node + "kind", out var entry) ? Use(entry.Path, "verify.name").Text : "custom";
        return index == 0 && kind != "custom" ? kind : $"{kind}-{index + 1}";
    }

    private void Node(StringBuilder yaml, string name, string prefix)
    {
        yaml.Append("  - name: ").Append(YamlScalar.Of(name)).Append('\n');
        Line("command", v => YamlScalar.Of((string)v));
        Line("weight", v => Number(v) is >= 0.01m and <= 1000 ? Text(v) : null);
        Line("required", Flag);
        Line("timeout", v => Seconds(v, 1));
        void Line(string key, Func<object, string?> write)
        {
            if (!entries.TryGetValue(prefix + key, out var entry) || write(entry.Value) is not { } value) return;
            Use(entry.Path, "verify." + key);
            yaml.Append("    ").Append(key).Append(": ").Append(value).Append('\n');
        }
    }

    private bool IsText(string path) => entries.TryGetValue(path, out var entry) && entry.Value is string { Length: > 0 };

    private TomlEntry Use(string from, string to)
    {
        if (used.Add(from)) mapped.Add($"{from} -> {to}");
        return entries[from];
    }

    private static decimal? Number(object value) => value switch { long whole => whole, decimal number => number, _ => null };

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string? Whole(object value, int minimum, int maximum) => value is long number && number >= minimum && number <= maximum ? Text(value) : null;

    private static string? Money(object value) => Number(value) is > 0 and var usd ? usd.ToString("0.00##", CultureInfo.InvariantCulture) : null;

    private static string? Seconds(object value, int minimum) =>
        Number(value) is { } seconds && seconds >= minimum && seconds <= 2_592_000 ? DurationShape.Text(TimeSpan.FromSeconds((double)Math.Ceiling(seconds))) : null;

    private static string? Flag(object value) => value is bool flag ? flag ? "true" : "false" : null;

    private static string? Claude(object value) => value is string { Length: > 0 } model ? $"{{ agent: claude, model: {YamlScalar.Of(model)} }}" : null;
}
