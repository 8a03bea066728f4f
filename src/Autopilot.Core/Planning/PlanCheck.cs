namespace Autopilot.Core.Planning;

/// <summary>Checks a planner's answer, so that what is wrong can be told to the planner once.</summary>
public static class PlanCheck
{
    /// <summary>The specialists that exist.</summary>
    public static IReadOnlyList<string> Specialists { get; } = ["test-writer", "refactorer", "debugger", "simplifier", "security-auditor"];

    /// <returns>What is wrong, a sentence each; empty when nothing is.</returns>
    /// <param name="maxChildren">How many scopes or units one answer may have.</param>
    public static IReadOnlyList<string> Problems(PlanAnswer answer, int maxChildren)
    {
        var problems = new List<string>();
        if (answer.Scopes.Count > 0 && answer.Units.Count > 0) problems.Add("Give either scopes or units, not both.");
        if (answer.Scopes.Count == 0 && answer.Units.Count == 0 && !answer.NothingLeft) problems.Add("There are neither scopes nor units. Set nothing_left to true only if nothing is left to do.");
        if (answer.NothingLeft && answer.Scopes.Count + answer.Units.Count > 0) problems.Add("nothing_left is true, yet there is work.");
        if (answer.Scopes.Count > maxChildren) problems.Add($"There are {answer.Scopes.Count} scopes; at most {maxChildren} are allowed.");
        if (answer.Units.Count > maxChildren) problems.Add($"There are {answer.Units.Count} units; at most {maxChildren} are allowed in one answer. Use scopes to divide the work.");
        for (var i = 0; i < answer.Units.Count; i++) problems.AddRange(Problems(answer.Units[i], i, answer.Units.Count));
        return problems;
    }

    private static IEnumerable<string> Problems(PlanAnswerUnit unit, int place, int count)
    {
        if (string.IsNullOrWhiteSpace(unit.Title)) yield return $"Unit {place} has no title.";
        if (unit.Priority is < 1 or > 10) yield return $"Unit {place} has priority {unit.Priority}; it must be from 1 (highest) to 10.";
        if (unit.Uncertainty is not (>= 0 and <= 1)) yield return $"Unit {place} has uncertainty {unit.Uncertainty}; it must be from 0 to 1.";
        if (unit.Specialist is { } name && !Specialists.Contains(name, StringComparer.Ordinal))
            yield return $"Unit {place} names the specialist '{name}'; known are {string.Join(", ", Specialists)}.";
        if (unit.Criteria.Any(c => c is null || string.IsNullOrWhiteSpace(c.Text) && string.IsNullOrWhiteSpace(c.Command)))
            yield return $"Unit {place} has a criterion without 'text' and without 'command'; give at least the text, in these names.";
        foreach (var other in unit.DependsOn.Where(d => d < 0 || d >= count || d == place))
            yield return $"Unit {place} depends on unit {other}, which is {(other == place ? "itself" : "not in the list")}.";
        foreach (var file in unit.Files.Where(f => Path.IsPathRooted(f) || f.Split('/').Contains("..", StringComparer.Ordinal)))
            yield return $"Unit {place} names the path '{file}', which is not inside the repository.";
    }
}
