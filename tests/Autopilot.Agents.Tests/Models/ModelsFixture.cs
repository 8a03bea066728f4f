using Autopilot.Agents.Models;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Configuration;
using Autopilot.Core.Models;
using Autopilot.ModelServer;

namespace Autopilot.Agents.Tests.Models;

/// <summary>A model of each kind, all served by one scripted server, and who plays which role.</summary>
public sealed class ModelsFixture : IAsyncLifetime
{
    public ScenarioServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ScenarioServer.Start();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    internal ModelCatalog Catalog(IAgent? agent = null, Func<ModelSettings, ModelSettings>? adjust = null, TimeProvider? clock = null)
    {
        ModelSettings[] models =
        [
            new() { Name = "openai", Kind = ModelKinds.OpenAi, Model = "gpt-x", Url = Server.OpenAiUrl, ApiKeyEnv = "FAKE_KEY" },
            new() { Name = "anthropic", Kind = ModelKinds.Anthropic, Model = "claude-x", Url = Server.Url, ApiKeyEnv = "FAKE_KEY" },
            new() { Name = "ollama", Kind = ModelKinds.Ollama, Model = "llama-x", Url = Server.Url },
            new() { Name = "asked", Kind = ModelKinds.Agent, Agent = "scripted", Model = "deep-thought" },
        ];
        return new ModelCatalog(
            models.Select(adjust ?? (m => m)),
            name => agent?.Name == name ? agent : throw new UserErrorException($"There is no agent '{name}'."),
            name => name == "FAKE_KEY" ? "sk-fake" : null,
            clock ?? TimeProvider.System);
    }

    internal static RoleModels Roles(ModelCatalog catalog, GrantingGovernor governor, string target, string? model = null) => new(
        catalog,
        new RoleResolver(new Dictionary<string, RoleBinding>(StringComparer.Ordinal) { ["judge"] = new(target, model) }, ["scripted"], catalog.Names),
        governor,
        (_, usage) => usage.Total / 1000m,
        TimeProvider.System);

    public static ModelQuestion Ask(string prompt) => new() { Role = "judge", Prompt = prompt, Instructions = "Be just.", RunId = "run-1" };
}
