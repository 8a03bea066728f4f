using System.Text.Json;

namespace Autopilot.Core.Agents;

/// <summary>One thing that an agent said or did in a session, in the vocabulary every adapter translates into.</summary>
/// <remarks>Events carry no clock of their own: the recorder stamps them when they arrive.</remarks>
public abstract record AgentEvent;

/// <summary>The agent announced its session. Some agents announce it again for every turn.</summary>
/// <param name="SessionId">The agent's own id, with which the session can be resumed; null when the agent has none.</param>
/// <param name="Model">The model the agent says it uses; null when it does not say.</param>
/// <param name="Version">The agent's own version; null when it does not say.</param>
/// <param name="Tools">The names of the tools it may use; empty when it does not say.</param>
public sealed record SessionStarted(string? SessionId, string? Model, string? Version, IReadOnlyList<string> Tools) : AgentEvent;

/// <summary>Text that entered the conversation as the user's.</summary>
public sealed record UserText(string Text) : AgentEvent;

/// <summary>Text of the assistant.</summary>
/// <param name="Text">The text, whole: deltas are joined by the translator.</param>
/// <param name="MessageId">The API message it belongs to, by which usage is counted once; null when unknown.</param>
public sealed record AssistantText(string Text, string? MessageId = null) : AgentEvent;

/// <summary>Reasoning that the agent showed.</summary>
public sealed record Thinking(string Text, string? Signature = null) : AgentEvent;

/// <summary>The agent called a tool.</summary>
/// <param name="Tool">The tool's name as the agent spells it.</param>
/// <param name="CallId">Ties the call to its <see cref="ToolResult"/>.</param>
/// <param name="Input">The arguments, as given.</param>
/// <param name="ParentCallId">The call whose subagent made this one; null at the top.</param>
public sealed record ToolCall(string Tool, string CallId, JsonElement Input, string? ParentCallId = null) : AgentEvent;

/// <summary>A tool call ended.</summary>
public sealed record ToolResult(string CallId, bool Success, string? Output) : AgentEvent;

/// <summary>A tool call was refused; the agent may claim success all the same.</summary>
public sealed record ToolDenied(string Tool, string Reason) : AgentEvent;

/// <summary>A file changed: by the agent's own account, or, at the end of a session, by what the workspace shows.</summary>
/// <param name="Path">Relative to the workspace with forward slashes where it lies inside; as the agent gives it otherwise.</param>
/// <param name="Change">add, update or delete.</param>
/// <param name="Content">The whole new text where the agent gives it (recordings that can be replayed do); null otherwise.</param>
public sealed record FileChanged(string Path, string Change, string? Content = null) : AgentEvent;

/// <summary>A subagent started or ended.</summary>
/// <param name="AgentId">The id of the tool call that started it.</param>
/// <param name="AgentType">The kind of subagent, as the agent names it.</param>
/// <param name="State">started, done or error.</param>
/// <param name="Summary">What it is for, or what it said at the end.</param>
public sealed record Subagent(string AgentId, string AgentType, string State, string? Summary) : AgentEvent;

/// <summary>A state of the agent worth showing (compacting, waiting, a warning).</summary>
public sealed record AgentStatus(string Text) : AgentEvent;

/// <summary>The agent retries a failed model call on its own.</summary>
/// <param name="Attempt">From 1.</param>
/// <param name="Failure">What failed.</param>
/// <param name="Delay">How long it waits; null when it does not say.</param>
public sealed record ModelRetry(int Attempt, FailureKind Failure, TimeSpan? Delay, string Detail) : AgentEvent;

/// <summary>Usage became known. It is always an increment: translators turn cumulative counts into differences.</summary>
/// <param name="Usage">What was used since the last such event of this session.</param>
/// <param name="CostUsd">Its cost by the agent's own account; null when the agent reports none.</param>
public sealed record UsageReported(TokenUsage Usage, decimal? CostUsd, string? Model = null) : AgentEvent
{
    /// <summary>More than any session costs, in USD: whoever reports more at once is wrong.</summary>
    public const decimal MostUsd = 1_000_000;

    /// <summary>Whether a session can have cost this. It comes off caps, which an amount below zero would raise.</summary>
    public bool IsPossible => Usage.IsPossible && CostUsd is null or (>= 0 and <= MostUsd);
}

/// <summary>A model answered once: the unit in which a limit on model calls counts.</summary>
public sealed record ModelCall(string? MessageId, TokenUsage? Usage = null) : AgentEvent;

/// <summary>The agent claims that a turn ended. A claim, not a verdict: the outcome is judged from more.</summary>
/// <param name="Failure">None for a claimed success.</param>
/// <param name="Limit">Which limit of its own the agent says it reached.</param>
/// <param name="Text">The final text, or the error's.</param>
/// <param name="Turns">Turns by the agent's count; null when it does not say.</param>
/// <param name="RetryAt">When a quota is back, where the agent says it.</param>
public sealed record TurnEnded(FailureKind Failure, LimitKind Limit, string? Text, int? Turns = null, DateTimeOffset? RetryAt = null) : AgentEvent;

/// <summary>A line that the translator could not read. Kept, counted, shown.</summary>
public sealed record Unrecognized(string Line, string Reason) : AgentEvent;

/// <summary>A line the agent wrote to stderr.</summary>
public sealed record AgentStderr(string Line) : AgentEvent;
