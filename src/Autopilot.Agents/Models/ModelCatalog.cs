using Anthropic;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Models;
using Microsoft.Extensions.AI;

namespace Autopilot.Agents.Models;

/// <summary>The models that are configured, and clients for them.</summary>
public sealed class ModelCatalog : IDisposable
{
    private const string AnthropicUrl = "https://api.anthropic.com";
    private const int AnthropicMaxTokens = 8192;
    private static readonly TimeSpan AgentTimeout = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, ModelSettings> models;
    private readonly Func<string, IAgent> agents;
    private readonly Func<string, string?> environment;
    private readonly TimeProvider clock;
    private readonly Lazy<HttpClient> http;

    /// <param name="models">As configured.</param>
    /// <param name="agents">An agent by name; throws a <see cref="UserErrorException"/> for an unknown one.</param>
    /// <param name="environment">The value of a variable; null when it is not set.</param>
    /// <param name="clock">Measures patience.</param>
    /// <exception cref="UserErrorException">Settings that cannot work.</exception>
    public ModelCatalog(IEnumerable<ModelSettings> models, Func<string, IAgent> agents, Func<string, string?> environment, TimeProvider clock)
    {
        this.models = models.ToDictionary(m => m.Name, StringComparer.Ordinal);
        this.agents = agents;
        this.environment = environment;
        this.clock = clock;
        var problems = this.models.Values.SelectMany(ModelSettingsCheck.Problems).ToList();
        if (problems.Count > 0) throw new UserErrorException(string.Join('\n', problems));
        // Most work asks agents only, and then nothing of this is ever loaded.
        http = new(() => new HttpClient(new ModelTransport(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, clock)) { Timeout = Timeout.InfiniteTimeSpan });
    }

    public IReadOnlyCollection<string> Names => models.Keys;

    /// <exception cref="UserErrorException">There is no such model.</exception>
    public ModelSettings Settings(string name)
    {
        if (models.TryGetValue(name, out var settings)) return settings;
        var nearest = Spelling.Nearest(name, models.Keys) is { } near ? $" Did you mean '{near}'?" : "";
        throw new UserErrorException($"There is no model '{name}'.{nearest} Configured: {(models.Count == 0 ? "none" : string.Join(", ", models.Keys))}.");
    }

    /// <summary>Opens a model. The client bounds its waits and throws <see cref="ModelFailedException"/> for whatever goes wrong.</summary>
    /// <exception cref="UserErrorException">There is no such model, or its key is not set.</exception>
    public IChatClient Open(string name)
    {
        var settings = Settings(name);
        return new GuardedChatClient(Connect(settings), settings, clock);
    }

    /// <summary>Opens an agent as one that answers questions.</summary>
    /// <exception cref="UserErrorException">There is no such agent.</exception>
    public IChatClient OpenAgent(string name, string? model) => Guarded(agents(name), model);

    public IAgent Agent(string name) => agents(name);

    public void Dispose()
    {
        if (http.IsValueCreated) http.Value.Dispose();
    }

    private IChatClient Connect(ModelSettings settings) => settings.Kind switch
    {
        ModelKinds.Anthropic => Anthropic(settings),
        ModelKinds.Ollama => new OllamaChatClient(settings, http.Value),
        ModelKinds.Agent => new AgentChatClient(agents(settings.Agent!), settings.Model, settings.Timeout),
        _ => new OpenAiChatClient(settings, Key(settings, "OPENAI_API_KEY"), http.Value),
    };

    private GuardedChatClient Guarded(IAgent agent, string? model)
    {
        var settings = new ModelSettings { Name = agent.Name, Kind = ModelKinds.Agent, Agent = agent.Name, Model = model, Timeout = AgentTimeout };
        return new GuardedChatClient(new AgentChatClient(agent, model, AgentTimeout), settings with { Timeout = AgentTimeout + TimeSpan.FromSeconds(30) }, clock);
    }

    // Left to itself the client seeks keys and addresses in the whole environment: it gets exactly what is configured.
    private IChatClient Anthropic(ModelSettings settings)
    {
        var client = new AnthropicClient
        {
            ApiKey = Key(settings, "ANTHROPIC_API_KEY"),
            AuthToken = null,
            BaseUrl = settings.Url ?? AnthropicUrl,
            MaxRetries = 0,
            Timeout = settings.Timeout,
            HttpClient = http.Value,
        };
        return client.AsIChatClient(settings.Model!, settings.MaxOutputTokens ?? AnthropicMaxTokens);
    }

    private string? Key(ModelSettings settings, string usual)
    {
        var name = settings.ApiKeyEnv ?? (settings.IsLocal || (settings.Url is not null && settings.Kind == ModelKinds.OpenAi) ? null : usual);
        if (name is null) return null;
        return environment(name) is { Length: > 0 } key ? key : throw new UserErrorException($"models.{settings.Name}: the variable {name} is not set. Put the key there, or name another variable with api_key_env.");
    }
}
