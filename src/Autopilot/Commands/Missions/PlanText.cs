using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Learning;
using Autopilot.Core.Planning;
using Autopilot.Rendering;

namespace Autopilot.Commands.Missions;

/// <summary>Shows a plan as a tree of scopes and units, with dependencies, layers and what it may take.</summary>
internal static class PlanText
{
    public static void Print(Terminal terminal, PlanMade plan, int workers, IReadOnlyList<UnitOutcome> outcomes, bool json)
    {
        var layers = Layers.Of(plan.Units);
        var estimate = PlanEstimate.Of(plan.Units, workers, outcomes);
        var layerOf = layers.SelectMany((layer, i) => layer.Select(u => (u.Id, i))).ToDictionary(u => u.Id, u => u.i, StringComparer.Ordinal);
        if (json) terminal.Json([.. plan.Units.Select(u => Item(u, layerOf[u.Id], estimate))], MissionReportJson.Default.PlannedItemArray);
        else if (plan.Units.Count == 0) terminal.Result("The planner says that nothing is left to do.");
        else
        {
            Branch(terminal, plan.Units, layerOf, 0, "");
            terminal.Result($"{plan.Units.Count} units in {layers.Count} layers, at most {layers.Max(l => l.Count)} at once; ambition {plan.Ambition} of 10");
            terminal.Result(Text(estimate, workers));
        }
    }

    private static string Text(PlanEstimate? estimate, int workers) => estimate is null
        ? "cost and time are unknown: no unit of an earlier mission in this repository has ended"
        : $"may take {Readable.Cost(estimate.TotalUsd)} and {Readable.Time(estimate.TotalTime)} of work with {workers} workers, as {estimate.Samples} earlier units did ({Readable.Cost(estimate.UnitUsd)} and {Readable.Time(estimate.UnitTime)} each); retries, reviews and verification come on top";

    private static void Branch(Terminal terminal, IReadOnlyList<PlannedUnit> units, Dictionary<string, int> layerOf, int depth, string indent)
    {
        // In the order of the plan, a scope where its first unit is.
        var nodes = units.GroupBy(u => u.Scopes.Count > depth ? (u.Scopes[depth], "") : ("", u.Id)).ToList();
        foreach (var (i, node) in nodes.Index())
        {
            var (stem, below) = i == nodes.Count - 1 ? ("└─ ", "   ") : ("├─ ", "│  ");
            if (node.Key.Item2.Length > 0) terminal.Result($"{indent}{stem}{Line(node.Single(), layerOf)}");
            else
            {
                terminal.Result($"{indent}{stem}{Readable.Line(node.Key.Item1, 100)}");
                Branch(terminal, [.. node], layerOf, depth + 1, indent + below);
            }
        }
    }

    private static string Line(PlannedUnit unit, Dictionary<string, int> layerOf) =>
        $"{unit.Id,-4} layer {layerOf[unit.Id] + 1}  {Readable.Line(unit.Title, 100)}"
        + (unit.DependsOn.Count > 0 ? $"  after {string.Join(", ", unit.DependsOn)}" : "")
        + (unit.Specialist is null ? "" : $"  by a {unit.Specialist}")
        + (unit.Files.Count > 0 ? $"  [{Readable.Line(string.Join(", ", unit.Files), 120)}]" : "");

    private static PlannedItem Item(PlannedUnit unit, int layer, PlanEstimate? estimate) => new(
        unit.Id, layer, unit.Title, unit.Priority, unit.Files, unit.DependsOn, unit.Scopes, unit.Criteria, unit.Specialist, unit.Uncertainty, estimate?.UnitUsd, estimate?.UnitTime);
}
