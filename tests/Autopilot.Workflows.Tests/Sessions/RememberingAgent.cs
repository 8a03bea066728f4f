using Autopilot.Core.Agents;

namespace Autopilot.Workflows.Tests.Sessions;

/// <summary>Keeps sessions as the real ones do: what it was asked decides; a killed one leaves no end.</summary>
internal sealed class RememberingAgent : IAgent
{
    public string Name => "claude";

    public string Vendor => "anthropic";

    public AgentCapabilities Capabilities { get; } = new(Resumes: true, ReportsCost: false, LimitsTurns: false, LimitsBudget: false, AnswersBySchema: true, SpendsMoney: false);

    public List<AgentRequest> Asked { get; } = [];

    /// <summary>The sessions that it has.</summary>
    public HashSet<string> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>The events after which the next session is killed; null to let it come to its end.</summary>
    public IReadOnlyList<AgentEvent>? KilledAfter { get; set; }

    public async Task<AgentOutcome> RunAsync(AgentRequest request, Func<AgentEvent, ValueTask> observe, CancellationToken cancellation)
    {
        Asked.Add(request);
        if (request.ResumeSessionId is { } old && !Known.Contains(old))
            return new AgentOutcome { Kind = OutcomeKind.Failed, Failure = FailureKind.SessionLost, Detail = "gone" };
        var session = request.ResumeSessionId ?? request.NewSessionId!;
        Known.Add(session);
        await observe(new SessionStarted(session, null, null, []));
        foreach (var value in KilledAfter ?? []) await observe(value);
        if (KilledAfter is not null) throw new KilledException();
        return new AgentOutcome { Kind = OutcomeKind.Completed, Detail = "done", SessionId = session, FinalText = "Done." };
    }
}
