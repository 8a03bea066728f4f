using System.Text;
using Autopilot.Core.Configuration;

namespace Autopilot.Core.Loops.Phases;

/// <summary>Reads a plan and notes everything that is wrong, each thing by its place, counted from 1.</summary>
internal sealed class PhasePlanCheck
{
    private static readonly string[] Statuses = ["planned", "in_progress", "completed", "blocked", "deferred"];
    private readonly List<string> errors = [];

    public IReadOnlyList<string> Errors => errors;

    public PhasePlan? Read(MappingNode root)
    {
        if (root.Find("version") is { } version && version is not ScalarNode { Text: "1" }) errors.Add("version must be 1.");
        if (root.Find("phases") is not SequenceNode { Items.Count: > 0 } list)
        {
            errors.Add("phases must be a list with at least one phase.");
            return null;
        }

        var phases = list.Items.Select((item, index) => Phase(item, $"phases[{index + 1}]")).OfType<PlannedPhase>().ToList();
        CheckIds(phases);
        CheckDependencies(phases);
        return errors.Count == 0 ? new PhasePlan(Ordered(phases)) : null;
    }

    private PlannedPhase? Phase(ConfigurationNode node, string at)
    {
        if (node is not MappingNode phase)
        {
            errors.Add($"{at} must be a mapping.");
            return null;
        }

        if (phase.Find("status") is { } status && !(status is ScalarNode { Text: var word } && Statuses.Contains(word, StringComparer.Ordinal)))
            errors.Add($"{at}.status must be one of {string.Join(", ", Statuses)}.");
        return new PlannedPhase
        {
            Id = Text(phase, "phase_id", at),
            Title = Text(phase, "title", at),
            Objective = Text(phase, "objective", at),
            InScope = Texts(phase, "in_scope", at, required: true),
            Deliverables = Texts(phase, "deliverables", at, required: true),
            OutOfScope = Texts(phase, "out_of_scope", at),
            Dependencies = Texts(phase, "dependencies", at),
            Risks = Texts(phase, "risks", at),
            Rollback = Texts(phase, "rollback", at),
            Acceptance = Points(phase, $"{at}.acceptance_criteria"),
            Verification = Verification(phase, at),
        };
    }

    private string Text(MappingNode phase, string name, string at)
    {
        if (phase.Find(name) is ScalarNode { Text: var text } && !string.IsNullOrWhiteSpace(text)) return text.Trim();
        errors.Add($"{at}.{name} must be a text that is not blank.");
        return "";
    }

    private string? Verification(MappingNode phase, string at)
    {
        if (phase.Find("verification") is null or ScalarNode { IsNothing: true }) return null;
        var command = Text(phase, "verification", at);
        if (PhaseCommand.ProvesNothing(command)) errors.Add($"{at}.verification '{command}' passes whatever the work is, so it proves nothing. Give a command that fails when the phase is not done, or leave it out.");
        return command;
    }

    private List<string> Texts(MappingNode phase, string name, string at, bool required = false)
    {
        var node = phase.Find(name);
        if (node is null && !required) return [];
        if (node is not SequenceNode list || (required && list.Items.Count == 0))
        {
            errors.Add($"{at}.{name} must be a list{(required ? " with at least one entry" : "")}.");
            return [];
        }

        var texts = new List<string>();
        foreach (var (index, item) in list.Items.Index())
        {
            if (item is ScalarNode { Text: var text } && !string.IsNullOrWhiteSpace(text)) texts.Add(text.Trim());
            else errors.Add($"{at}.{name}[{index + 1}] must be a text that is not blank.");
        }

        return texts;
    }

    private List<AcceptancePoint> Points(MappingNode phase, string at)
    {
        if (phase.Find("acceptance_criteria") is not { } node) return [];
        if (node is not SequenceNode list)
        {
            errors.Add($"{at} must be a list.");
            return [];
        }

        return [.. list.Items.Select((item, index) => Point(item, $"{at}[{index + 1}]")).OfType<AcceptancePoint>()];
    }

    private AcceptancePoint? Point(ConfigurationNode node, string at)
    {
        if (node is MappingNode point) return new AcceptancePoint(Text(point, "id", at), Text(point, "text", at));
        errors.Add($"{at} must be a mapping with id and text.");
        return null;
    }

    private void CheckIds(List<PlannedPhase> phases)
    {
        foreach (var (index, phase) in phases.Index())
        {
            if (Encoding.UTF8.GetByteCount(phase.Id) > PhaseKey.LongestId) errors.Add($"phases[{index + 1}].phase_id is longer than {PhaseKey.LongestId} bytes.");
            if (phase.Id.Length > 0 && phases.Take(index).Any(p => p.Id == phase.Id)) errors.Add($"phases[{index + 1}].phase_id '{phase.Id}' stands there twice.");
        }
    }

    private void CheckDependencies(List<PlannedPhase> phases)
    {
        var ids = phases.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (index, phase) in phases.Index())
            foreach (var (number, dependency) in phase.Dependencies.Index())
                if (!ids.Contains(dependency) && !dependency.Any(char.IsWhiteSpace))
                    errors.Add($"phases[{index + 1}].dependencies[{number + 1}] names no phase of the plan: '{dependency}'.");
        if (errors.Count == 0 && Ordered(phases) is { } ordered && ordered.Count < phases.Count)
            errors.Add($"These phases depend on each other in a circle: {string.Join(", ", phases.Except(ordered).Select(p => p.Id))}.");
    }

    /// <summary>Each phase behind those that it depends on, otherwise as written. Phases in a circle are left out.</summary>
    private static List<PlannedPhase> Ordered(List<PlannedPhase> phases)
    {
        var left = phases.ToList();
        var ordered = new List<PlannedPhase>();
        while (left.Find(p => !p.Dependencies.Any(d => left.Exists(o => o.Id == d))) is { } next)
        {
            left.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }
}
