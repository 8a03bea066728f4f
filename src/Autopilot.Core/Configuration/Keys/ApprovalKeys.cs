using Autopilot.Core.Runs;

namespace Autopilot.Core.Configuration;

/// <summary><c>approvals:</c></summary>
public static class ApprovalKeys
{
    private static readonly Key<TimeSpan> Timeout = new("timeout", new DurationShape(TimeSpan.FromSeconds(1), TimeSpan.FromDays(365)), "How long a person has to answer.");
    private static readonly Key<string> OnTimeout = new("on_timeout", new ChoiceShape("approve", "deny"), "The answer after that. Silence approves only where this says so.");

    /// <summary>What holds for which gate.</summary>
    public static Key<IReadOnlyDictionary<string, GateRule>> Gates { get; } = new(
        "approvals",
        new MapShape<GateRule>(new ObjectShape<GateRule>([Timeout, OnTimeout], Make), "a mapping of gates to timeout and on_timeout"),
        new Dictionary<string, GateRule>(StringComparer.Ordinal),
        "How long runs wait for a person, and what silence means, by gate: push, large_merge, dishonest_work, mode, evolution, or one that a workflow names. Without on_timeout here, silence is never an approval.");

    public static IReadOnlyList<ConfigurationKey> All { get; } = [Gates];

    private static GateRule Make(ObjectValues values) => new(values.Has(Timeout) ? values.Get(Timeout) : null, values.Has(OnTimeout) ? values.Get(OnTimeout) : null);
}
