namespace Autopilot.Core.Planning;

/// <summary>A plan as it was decomposed: scopes above, units at the leaves.</summary>
/// <param name="Scope">What this node is about.</param>
/// <param name="Children">Narrower scopes; empty at a leaf.</param>
/// <param name="Units">The units of a leaf.</param>
public sealed record PlanTree(string Scope, IReadOnlyList<PlanTree> Children, IReadOnlyList<PlannedUnit> Units)
{
    /// <summary>All units, in the order of the plan.</summary>
    public IEnumerable<PlannedUnit> Leaves() =>
        Children.SelectMany(c => c.Leaves().Select(u => u with { Scopes = [c.Scope, .. u.Scopes] })).Concat(Units);

    /// <summary>Turns an answer's units into units with ids, <paramref name="prefix"/> followed by a number from <paramref name="first"/>.</summary>
    public static IReadOnlyList<PlannedUnit> Number(PlanAnswer answer, string prefix, int first) =>
    [
        .. answer.Units.Select((unit, i) => new PlannedUnit
        {
            Id = $"{prefix}{first + i}",
            Title = unit.Title.Trim(),
            Description = unit.Description,
            Files = [.. unit.Files.Select(f => Relative(f)).Where(f => f.Length > 0).Distinct(StringComparer.Ordinal)],
            Priority = unit.Priority,
            DependsOn = [.. unit.DependsOn.Select(d => $"{prefix}{first + d}")],
            Criteria = unit.Criteria,
            VerificationHint = unit.VerificationHint,
            Specialist = unit.Specialist,
            Uncertainty = unit.Uncertainty,
            MayChangeChecks = unit.MayChangeChecks,
        }),
    ];

    private static string Relative(string path)
    {
        var plain = path.Trim().Replace('\\', '/');
        return plain.StartsWith("./", StringComparison.Ordinal) ? plain[2..] : plain;
    }
}
