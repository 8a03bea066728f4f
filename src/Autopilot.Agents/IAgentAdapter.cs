using Autopilot.Agents.Launching;
using Autopilot.Agents.Translation;
using Autopilot.Core.Agents;

namespace Autopilot.Agents;

/// <summary>What is special about one kind of agent: how it is launched, and how its stream reads. Both parts are pure.</summary>
public interface IAgentAdapter
{
    /// <summary>The kind's name in the configuration.</summary>
    string Kind { get; }

    /// <summary>Whose models it uses unless told otherwise; null when nobody knows: then each agent is a provider of its own, by its name.</summary>
    string? Vendor { get; }

    AgentCapabilities Capabilities { get; }

    AgentTraits Traits(AgentSettings settings);

    /// <summary>How to start it for this request.</summary>
    LaunchPlan Plan(AgentRequest request, AgentSettings settings, Surroundings surroundings);

    /// <summary>A fresh translator for one session.</summary>
    ITranslator Translator(AgentRequest request);
}
