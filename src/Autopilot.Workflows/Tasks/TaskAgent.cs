namespace Autopilot.Workflows.Tasks;

/// <summary>An agent that may be given a task.</summary>
/// <param name="Name">As it is configured.</param>
/// <param name="Model">As the agent names it; null for its default.</param>
public sealed record TaskAgent(string Name, string? Model);
