using Autopilot.Core.Agents;

namespace Autopilot.Workflows.Tests.Loops;

/// <summary>An agent whose words are scripted elsewhere.</summary>
internal sealed class ScriptedAgent(string name, Func<AgentRequest, AgentOutcome> says, string vendor = "local") : IAgent
{
    public string Name => name;

    public string Vendor => vendor;

    public AgentCapabilities Capabilities { get; } = new(Resumes: true, ReportsCost: false, LimitsTurns: false, LimitsBudget: false, AnswersBySchema: true, SpendsMoney: false);

    /// <summary>What it does before it says anything; an outcome ends its session.</summary>
    public Func<AgentRequest, CancellationToken, Task<AgentOutcome?>> Before { get; init; } = (_, _) => Task.FromResult<AgentOutcome?>(null);

    public async Task<AgentOutcome> RunAsync(AgentRequest request, Func<AgentEvent, ValueTask> observe, CancellationToken cancellation)
    {
        var outcome = await Before(request, cancellation) ?? says(request);
        await observe(new SessionStarted(outcome.SessionId, null, null, []));
        return outcome;
    }
}
