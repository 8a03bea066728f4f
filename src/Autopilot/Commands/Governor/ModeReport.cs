using System.Text.Json.Serialization;
using Autopilot.Commands.Governor.Audit;
using Autopilot.Commands.Sessions;
using Autopilot.Core.Governance;
using Autopilot.Engine.Ledger;

namespace Autopilot.Commands.Governor;

/// <summary>What <c>autopilot status --json</c> prints.</summary>
internal sealed record ModeReport
{
    public required string Mode { get; init; }

    public required string SetBy { get; init; }

    public DateTimeOffset? SetAt { get; init; }

    public DateTimeOffset? TemporaryUntil { get; init; }

    public required string Reason { get; init; }

    public required bool UserLock { get; init; }

    public required bool KillSwitch { get; init; }

    public string? KillReason { get; init; }

    public required string KillFile { get; init; }

    /// <summary>The files that pull the kill switch now.</summary>
    public required IReadOnlyList<string> PulledBy { get; init; }

    /// <summary>Who the asking process was recognised as.</summary>
    public required string You { get; init; }

    public string? Evidence { get; init; }

    public required string Home { get; init; }

    /// <summary>full, fewer_workers, no_speculation, no_optional_reviews, read_only or safe_stop.</summary>
    public required string Level { get; init; }

    /// <summary>Why that level holds.</summary>
    public required string LevelReason { get; init; }

    /// <summary>Sessions and model calls under way, of all repositories.</summary>
    public required IReadOnlyList<OpenPermitLine> Sessions { get; init; }

    /// <summary>Permits that wait, and for what.</summary>
    public required IReadOnlyList<WaitingLine> Waiting { get; init; }

    public required IReadOnlyList<JournalEntry> History { get; init; }

    /// <summary>What could not be written down, and why; null when everything could.</summary>
    public string? Unrecorded { get; init; }

    /// <summary>What runs, waits or was interrupted in this repository, the newest first.</summary>
    public IReadOnlyList<SessionListItem> Runs { get; init; } = [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModeReport))]
[JsonSerializable(typeof(List<ApprovalItem>))]
[JsonSerializable(typeof(List<AuditFinding>))]
[JsonSerializable(typeof(LedgerReport))]
[JsonSerializable(typeof(List<CounterLine>))]
internal sealed partial class GovernorCommandJson : JsonSerializerContext;
