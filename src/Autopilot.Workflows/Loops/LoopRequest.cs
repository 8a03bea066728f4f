using Autopilot.Core.Loops.Ledger;
using Autopilot.Core.Verification;

namespace Autopilot.Workflows.Loops;

/// <summary>What a run of the workflow <c>loop</c> is given.</summary>
public sealed record LoopRequest
{
    public required string TaskId { get; init; }

    /// <summary>The request as the user gave it, redacted; never changed.</summary>
    public required string Request { get; init; }

    /// <summary>The pairs to run, by name.</summary>
    public required IReadOnlyList<string> Pairs { get; init; }

    /// <summary>Limits the phases; null for all.</summary>
    public string? PhaseId { get; init; }

    /// <summary>single, up-to or all.</summary>
    public string PhaseMode { get; init; } = "single";

    /// <summary>Cycles of a pair before it pauses; at least 1.</summary>
    public int MaxIterations { get; init; } = 15;

    /// <summary>Questions of a pair before it pauses.</summary>
    public int MaxQuestions { get; init; } = 10;

    public bool FullAutoAnswers { get; init; }

    public bool AutoFollowup { get; init; } = true;

    /// <summary>How deep follow-ups may go.</summary>
    public int MaxFollowups { get; init; } = 3;

    /// <summary>How many phases may be worked on beside each other; 1 for one after the other.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Whose exit codes are the facts; null for none.</summary>
    public VerificationPlan? Verification { get; init; }

    /// <summary>False to work in the folder itself and to keep its states by content hash.</summary>
    public bool Git { get; init; } = true;

    /// <summary>True to work in the user's checkout itself.</summary>
    public bool InPlace { get; init; }

    /// <summary>Who plays every role that is not bound; null for the configured default.</summary>
    public string? Agent { get; init; }

    /// <summary>The model for all roles, as the agents name it; null for their own.</summary>
    public string? Model { get; init; }

    /// <summary>The workspace below the repository's root; empty for the root.</summary>
    public string Below { get; init; } = "";

    /// <summary>A plan from an earlier run of the task, for a run without the pair that plans; null for none.</summary>
    public string? Plan { get; init; }

    /// <summary>What an imported run had already finished, as <c>pair</c> or <c>pair/phase</c>.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];

    /// <summary>The runs before it in an imported chain, the first run first.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>What the first run of an imported chain was to fulfil; null where this is the first.</summary>
    public string? Original { get; init; }

    /// <summary>What was decided in an imported chain.</summary>
    public IReadOnlyList<LedgerEntry> Ledger { get; init; } = [];

    /// <summary>The branch of a run.</summary>
    public string BranchOf(string runId) => $"autopilot/loop-{TaskId}-{runId[^6..]}";
}
