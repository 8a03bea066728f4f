using Autopilot.Core.Missions;
using Autopilot.Core.Planning;
using Autopilot.Rendering;

namespace Autopilot.Commands.Missions;

/// <summary>Shows a plan in layers.</summary>
internal static class PlanText
{
    public static void Print(Terminal terminal, PlanMade plan, bool json)
    {
        var layers = Layers.Of(plan.Units);
        if (json)
        {
            terminal.Json([.. layers.SelectMany((layer, i) => layer.Select(u => new PlannedItem(u.Id, i, u.Title, u.Priority, u.Files, u.DependsOn)))], MissionReportJson.Default.PlannedItemArray);
            return;
        }

        if (plan.Units.Count == 0) terminal.Result("The planner says that nothing is left to do.");
        foreach (var (i, layer) in layers.Index())
        {
            terminal.Result($"layer {i + 1}");
            foreach (var unit in layer)
                terminal.Result($"  {unit.Id,-4} {unit.Title}{(unit.DependsOn.Count > 0 ? $"  (after {string.Join(", ", unit.DependsOn)})" : "")}{(unit.Files.Count > 0 ? $"  [{string.Join(", ", unit.Files)}]" : "")}");
        }

        terminal.Result($"{Readable.Count(plan.Units.Count, "unit")} in {Readable.Count(layers.Count, "layer")}, ambition {plan.Ambition} of 10");
    }
}
