using Autopilot.Core.Loops.Pairs;
using Autopilot.Core.Loops.Phases;
using Autopilot.Core.Verification;

namespace Autopilot.Workflows.Loops;

/// <summary>A pair at work, for the run or for one phase.</summary>
internal sealed record PairPlace(PairDefinition Pair, PlannedPhase? Phase)
{
    /// <summary>Its folder among the artefacts, as in the layout of the state.</summary>
    public string Folder => Phase is null ? Pair.Name : $"{Pair.Name}/phases/{Phase.Key}";

    /// <summary>The facts that count here: the user's commands, then the phase's own; null when there are none.</summary>
    public VerificationPlan? Verification(LoopRequest request) => Phase?.Verification is { } own
        ? new VerificationPlan([.. request.Verification?.Nodes ?? [], new VerificationNode("phase", own)])
        : request.Verification;

    /// <summary>Its name in keys of steps.</summary>
    public string Key => Phase is null ? Pair.Name : $"{Pair.Name}/{Phase.Key}";
}
