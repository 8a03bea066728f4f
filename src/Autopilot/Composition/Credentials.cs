using Autopilot.Core.Agents;
using Autopilot.Core.Configuration;
using Autopilot.Core.Models;
using Autopilot.Core.Redaction;

namespace Autopilot.Composition;

/// <summary>What the configuration calls a credential, whatever its variable is named.</summary>
internal static class Credentials
{
    /// <summary>The values of the variables that <c>api_key_env</c> names, and of those of agents whose names look secret.</summary>
    /// <param name="variables">Autopilot's environment.</param>
    /// <param name="agents">The configured ones and others that may be started.</param>
    /// <param name="models">The configured ones.</param>
    public static IEnumerable<string> Values(IReadOnlyDictionary<string, string> variables, IEnumerable<AgentSettings> agents, IEnumerable<ModelSettings> models)
    {
        foreach (var agent in agents)
        {
            foreach (var value in SecretEnvironment.Values(agent.Environment)) yield return value;
            if (agent.ApiKeyEnv is { } name && agent.Environment.GetValueOrDefault(name) is { } own) yield return own;
            if (agent.ApiKeyEnv is { } named && variables.GetValueOrDefault(named) is { } key) yield return key;
        }

        foreach (var model in models)
            if (model.ApiKeyEnv is { } name && variables.GetValueOrDefault(name) is { } key) yield return key;
    }

    /// <summary>The same for all that is configured.</summary>
    public static IEnumerable<string> Values(IReadOnlyDictionary<string, string> variables, EffectiveConfiguration configuration) =>
        Values(variables, configuration.Get(AgentKeys.Agents)!.Values, configuration.Get(ModelKeys.Models)!.Values);
}
