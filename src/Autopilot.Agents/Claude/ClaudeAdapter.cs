using Autopilot.Agents.Launching;
using Autopilot.Agents.Translation;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Claude;

/// <summary>Claude Code, headless.</summary>
public sealed class ClaudeAdapter : IAgentAdapter
{
    public string Kind => "claude";

    public string? Vendor => "anthropic";

    public AgentCapabilities Capabilities { get; } =
        new(Resumes: true, ReportsCost: true, LimitsTurns: true, LimitsBudget: true, AnswersBySchema: true, SpendsMoney: true);

    public AgentTraits Traits(AgentSettings settings) => new()
    {
        Name = settings.Name,
        HowToInstall = "Install it with: npm install -g @anthropic-ai/claude-code (Node 22 or newer).",
        Credential = settings.ApiKeyEnv ?? "ANTHROPIC_API_KEY",
    };

    public LaunchPlan Plan(AgentRequest request, AgentSettings settings, Surroundings surroundings) => ClaudeLauncher.Plan(request, settings, surroundings);

    public ITranslator Translator(AgentRequest request) => new ClaudeTranslator(request.ResumeSessionId is not null);
}
