using Autopilot.Agents.Launching;
using Autopilot.Agents.Translation;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Codex;

/// <summary>The Codex CLI, headless.</summary>
public sealed class CodexAdapter : IAgentAdapter
{
    public string Kind => "codex";

    public string? Vendor => "openai";

    public AgentCapabilities Capabilities { get; } =
        new(Resumes: true, ReportsCost: false, LimitsTurns: false, LimitsBudget: false, AnswersBySchema: true, SpendsMoney: true);

    public AgentTraits Traits(AgentSettings settings) => new()
    {
        Name = settings.Name,
        HowToInstall = "Install it with: npm install -g @openai/codex (Node 22 or newer).",
        Credential = settings.ApiKeyEnv ?? "CODEX_API_KEY",
    };

    public LaunchPlan Plan(AgentRequest request, AgentSettings settings, Surroundings surroundings) => CodexLauncher.Plan(request, settings, surroundings);

    public ITranslator Translator(AgentRequest request) => new CodexTranslator(request.UsageBefore);
}
