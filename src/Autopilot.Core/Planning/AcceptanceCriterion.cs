using System.Text.Json.Serialization;

namespace Autopilot.Core.Planning;

/// <summary>One thing that must hold when a unit is done.</summary>
/// <param name="Text">In a sentence; may be empty where the command says it.</param>
/// <param name="Command">Exits with 0 exactly when it holds; null when only a reviewer can tell.</param>
public sealed record AcceptanceCriterion(
    [property: JsonPropertyName("text")] string Text = "",
    [property: JsonPropertyName("command")] string? Command = null);
