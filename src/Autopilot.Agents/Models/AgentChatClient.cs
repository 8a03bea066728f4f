using System.Runtime.CompilerServices;
using System.Text;
using Autopilot.Core.Agents;
using Autopilot.Core.Models;
using Autopilot.Platform.Files;
using Microsoft.Extensions.AI;

namespace Autopilot.Agents.Models;

/// <summary>Asks an agent CLI one question: one turn, no tools, in an empty folder of its own.</summary>
/// <param name="agent">Whom to ask.</param>
/// <param name="model">The model it is to use; null for its own default.</param>
/// <param name="timeout">The longest wait.</param>
public sealed class AgentChatClient(IAgent agent, string? model, TimeSpan timeout) : IChatClient
{
    // An agent that is held to a schema may hand in its answer through a tool, and be told once that it forgot to.
    private const int TurnsWithSchema = 3;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.Tools is { Count: > 0 }) throw new NotSupportedException("An agent that is asked a question gets no tools.");
        var folder = ScratchSpace.NewFolder("ask");
        try
        {
            var outcome = await agent.RunAsync(Request(messages.ToList(), options, folder.FullName), static _ => ValueTask.CompletedTask, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return Translate(outcome);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The agent belongs to whoever gave it.
    }

    private AgentRequest Request(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string folder)
    {
        var schema = agent.Capabilities.AnswersBySchema ? (options?.ResponseFormat as ChatResponseFormatJson)?.Schema?.GetRawText() : null;
        var system = string.Join('\n', messages.Where(m => m.Role == ChatRole.System).Select(m => m.Text));
        return new AgentRequest
        {
            Prompt = Transcript(messages),
            Workspace = folder,
            Model = model,
            Access = AgentAccess.None,
            AnswerSchema = schema,
            Instructions = system.Length > 0 ? system : null,
            Limits = new AgentLimits { Turns = schema is null ? 1 : TurnsWithSchema, WallClock = timeout },
        };
    }

    /// <summary>An agent takes one prompt: an exchange of several messages is told in it.</summary>
    private static string Transcript(IReadOnlyList<ChatMessage> messages)
    {
        var spoken = messages.Where(m => m.Role != ChatRole.System).ToList();
        if (spoken is [var only]) return only.Text;
        var text = new StringBuilder();
        foreach (var message in spoken) text.Append(message.Role == ChatRole.Assistant ? "Your answer was:\n" : "").Append(message.Text).Append("\n\n");
        return text.ToString().TrimEnd();
    }

    private ChatResponse Translate(AgentOutcome outcome)
    {
        // A limit on turns that was met with the answer already given does not spoil the answer.
        var answered = outcome.Kind == OutcomeKind.Completed || (outcome is { Kind: OutcomeKind.Limited, Limit: LimitKind.Turns } && !string.IsNullOrWhiteSpace(outcome.FinalText));
        if (!answered)
            throw new ModelFailedException(FailureOf(outcome), $"{agent.Name}: {outcome.Detail}") { RetryAt = outcome.RetryAt, Usage = outcome.Usage, CostUsd = outcome.CostUsd };
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, outcome.FinalText ?? ""))
        {
            ModelId = outcome.Model,
            FinishReason = ChatFinishReason.Stop,
            Usage = ReportedUsage.Details(outcome.Usage),
            AdditionalProperties = ReportedUsage.WithCost(outcome.CostUsd),
        };
    }

    private static FailureKind FailureOf(AgentOutcome outcome) => outcome switch
    {
        { Failure: not FailureKind.None } => outcome.Failure,
        { Limit: LimitKind.Quota } => FailureKind.NoQuota,
        { Limit: LimitKind.Time } => FailureKind.Silence,
        _ => FailureKind.Unknown,
    };
}
