using Autopilot.ModelServer.Scenarios;

namespace Autopilot.RealAgents.Tests.Workflows;

/// <summary>What the model does in one kind of turn of a workflow.</summary>
/// <param name="Name">By which a test names it.</param>
/// <param name="When">All of these stand in the prompt of such a turn.</param>
/// <param name="Steps">One for each call of the model; the last one repeats.</param>
internal sealed record ScriptedTurn(string Name, IReadOnlyList<string> When, IReadOnlyList<ModelReply> Steps)
{
    public bool Matches(string prompt) => When.All(words => prompt.Contains(words, StringComparison.Ordinal));
}
