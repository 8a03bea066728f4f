using System.Text;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Learning;
using Autopilot.Core.Planning;
using Autopilot.Git.Landing;
using Autopilot.Workflows.Sessions;

namespace Autopilot.Workflows.Missions.Effects;

/// <summary>The run, what it was given and what it works with, for all effects.</summary>
internal sealed record MissionContext(string RunId, MissionRequest Request, MissionParts Parts)
{
    private Experience? past;

    public string Objective(MissionState state) => ObjectiveOf(Request, state);

    public string Verification => VerificationOf(Request);

    /// <summary>A question to a role, for which it has no longer than a worker has.</summary>
    public RoleQuestion Question(string key, string role, string prompt, string workspace) =>
        new(RunId, key, role, prompt, workspace) { WallClock = Request.WorkerTime, Silence = Request.WorkerSilence };

    public static string ObjectiveOf(MissionRequest request, MissionState state) =>
        state.Added.IsEmpty ? request.Objective : $"{request.Objective}\n\nAdded later:\n{string.Join('\n', state.Added.Select(a => "- " + a))}";

    public static string VerificationOf(MissionRequest request) => string.Join(" && ", request.Verification.Nodes.Where(n => n.Required).Select(n => n.Command));

    /// <summary>How often it is looked whether a checked-out branch is free again.</summary>
    private TimeSpan Patience => Request.Settings.RetryDelay > TimeSpan.FromSeconds(1) ? Request.Settings.RetryDelay : TimeSpan.FromSeconds(1);

    /// <summary>What the earlier missions of the repository teach. Read once: they do not change.</summary>
    public async Task<Experience> Past(CancellationToken cancellation) => past ??= new Experience(await Parts.Past(cancellation));

    /// <summary>Moves green from where it must be to a commit that passed verification.</summary>
    /// <returns>Where somebody else has moved it; null when it is where it should be.</returns>
    /// <exception cref="FaultException">It was deleted; or somebody looks at it just now, which is waited for.</exception>
    public async Task<CommitId?> Advance(string commit, string? expected, string reason, CancellationToken cancellation)
    {
        var from = expected is null ? (CommitId?)null : new CommitId(expected);
        try
        {
            if (await Parts.Green.Advance(new CommitId(commit), from, $"autopilot {RunId}: {reason}", cancellation)) return null;
        }
        catch (BranchInUseException inUse)
        {
            throw new FaultException($"The branch {Request.Green} is checked out, and landing would change that checkout. It goes on when you have switched to another branch.", Parts.Clock.GetUtcNow() + Patience, counts: false, inUse);
        }

        return await Parts.Green.Published(cancellation) ?? throw new FaultException($"The branch {Request.Green} was deleted while the mission ran.");
    }

    /// <summary>The mission in a few lines per unit, for prompts.</summary>
    public static string StateText(MissionState state)
    {
        if (state.Order.IsEmpty) return "Nothing has been planned yet.";
        var text = new StringBuilder();
        foreach (var unit in state.InOrder)
            text.Append("- ").Append(unit.Id).Append(" (").Append(unit.Status.ToString().ToLowerInvariant()).Append(") ").Append(unit.Unit.Title)
                .Append(unit.Unit.Files.Count > 0 ? $" [{string.Join(", ", unit.Unit.Files.Take(6))}]" : "")
                .Append(unit.Status is UnitStatus.Abandoned or UnitStatus.Blocked ? $": {FirstLine(unit.Reason)}" : "").Append('\n');
        return text.ToString();
    }

    public static string Criteria(PlannedUnit unit) => unit.Criteria.Count == 0
        ? "- the task is done and verification passes"
        : string.Join('\n', unit.Criteria.Select(Text));

    private static string Text(AcceptanceCriterion criterion) => criterion switch
    {
        { Command: null } => $"- {criterion.Text}",
        { Text: null or "" } => $"- `{criterion.Command}` exits with 0",
        _ => $"- {criterion.Text} (`{criterion.Command}` exits with 0)",
    };

    public static string FirstLine(string text) => text.Split('\n', 2)[0];
}
