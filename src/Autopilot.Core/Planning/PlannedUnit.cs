namespace Autopilot.Core.Planning;

/// <summary>A piece of work that one worker can finish in one session and that is verified and landed by itself.</summary>
public sealed record PlannedUnit
{
    /// <summary>Unique in its mission; names its branch.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Paths it expects to touch, relative, with forward slashes; a hint that orders work, never a permission.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>1 is the highest.</summary>
    public int Priority { get; init; } = 1;

    /// <summary>Units that must have landed before this one starts.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    public IReadOnlyList<AcceptanceCriterion> Criteria { get; init; } = [];

    /// <summary>The scopes that the planner divided the objective into on the way to it, the widest first.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>How a person would check it; shown to the worker.</summary>
    public string? VerificationHint { get; init; }

    /// <summary>The role file that guides the worker: test-writer, refactorer, debugger, simplifier, security-auditor; null for none.</summary>
    public string? Specialist { get; init; }

    /// <summary>0 (plain) to 1 (nobody knows how): high values get an architect's pass or several attempts at once.</summary>
    public double Uncertainty { get; init; }

    /// <summary>The task itself asks for changes of tests, verification, CI or linter settings, which the honest-work guard otherwise refuses.</summary>
    public bool MayChangeChecks { get; init; }
}
