using Autopilot.Core.Agents;
using Autopilot.Workflows.Loops;

namespace Autopilot.Bench.Loops;

/// <summary>An agent in this process: as a producer it writes a file, as a verifier it is never content.</summary>
internal sealed class InstantAgent(bool verifies) : IAgent
{
    private static readonly string Report =
        $$"""{"criteria":[{{string.Join(',', new LoopTemplates().Pairs().First(p => p.Name == "implement").Criteria.Select(c => $$"""{"id":"{{c.Id}}","met":false,"evidence":"seen"}"""))}}],"findings":[],"verdict":"incomplete"}""";

    public string Name => "instant";

    public string Vendor => "local";

    public AgentCapabilities Capabilities { get; } = new(Resumes: true, ReportsCost: false, LimitsTurns: false, LimitsBudget: false, AnswersBySchema: false, SpendsMoney: false);

    public async Task<AgentOutcome> RunAsync(AgentRequest request, Func<AgentEvent, ValueTask> observe, CancellationToken cancellation)
    {
        await observe(new SessionStarted(request.NewSessionId ?? request.ResumeSessionId, null, null, []));
        if (!verifies) await File.AppendAllTextAsync(Path.Combine(request.Workspace, "work.txt"), "more\n", cancellation);
        return new AgentOutcome { Kind = OutcomeKind.Completed, Detail = "done", FinalText = verifies ? Report : "Done.", SessionId = request.NewSessionId ?? request.ResumeSessionId };
    }
}
