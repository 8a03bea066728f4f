using System.Buffers;

namespace Autopilot.Core.Agents;

/// <summary>Reads the kind of a failure out of the prose in which agents and providers report it.</summary>
/// <remarks>The phrases are those that the CLIs of docs/agents.md were observed to print; codes are not in them.</remarks>
public static class FailureText
{
    // The order matters: a message about a quota often mentions a rate limit, too, and one about a window says "tokens".
    private static readonly (FailureKind Kind, SearchValues<string> Phrases)[] phrases =
    [
        (FailureKind.SessionLost, Any("no conversation found", "no rollout found", "failed to read session metadata", "session not found", "thread not found")),
        (FailureKind.ContextOverflow, Any("ran out of room in the model", "prompt is too long", "context_length_exceeded", "maximum context length", "context window")),
        (FailureKind.OutputLimit, Any("output token maximum", "max_output_tokens", "output token limit")),
        (FailureKind.NoQuota, Any("usage limit", "credit balance", "insufficient_quota", "exceeded your current quota", "out of credits", "billing", "hour limit reached", "weekly limit", "spend limit")),
        (FailureKind.RateLimit, Any("status: 429", "status 429", "(429)", "too many requests", "rate limit", "rate_limit")),
        (FailureKind.BadKey, Any("status 401", "status 403", "api error: 401", "api error: 403", "invalid api key", "incorrect api key", "authentication", "not logged in", "unauthorized", "missing environment variable", "please run /login", "failed to authenticate")),
        (FailureKind.UnknownModel, Any("issue with the selected model", "model not found", "model_not_found", "does not exist or you do not have access", "unknown model")),
        (FailureKind.Overload, Any("status 529", "overloaded", "at capacity", "experiencing high demand", "status 503")),
        (FailureKind.ServerError, Any("status 500", "status 502", "status 504", "internal server error", "server error")),
        (FailureKind.MalformedOutput, Any("empty or malformed response", "could not parse", "invalid json")),
        (FailureKind.BrokenStream, Any("stream disconnected", "stream closed", "connection dropped", "connection refused", "connection failed", "econnreset", "econnrefused", "timed out", "timeout", "failed to lookup address", "error sending request", "network")),
        (FailureKind.BadArguments, Any("cannot be used with root", "unknown option", "unexpected argument", "invalid value", "unrecognized option", "requires --verbose", "invalid mcp configuration", "error loading config", "codex_home points to", "already in use", "error parsing streaming input", "already has an active writer", "unrecognized subcommand")),
        (FailureKind.Refusal, Any("content policy", "usage policy", "violates our", "refused to")),
    ];

    /// <summary>The kind of failure that the text names; <see cref="FailureKind.Unknown"/> when it names none.</summary>
    public static FailureKind Classify(string? text)
    {
        if (string.IsNullOrEmpty(text)) return FailureKind.Unknown;
        var head = text.AsSpan(0, Math.Min(text.Length, 4000));
        foreach (var (kind, any) in phrases)
            if (head.ContainsAny(any)) return kind;
        return FailureKind.Unknown;
    }

    private static SearchValues<string> Any(params ReadOnlySpan<string> values) => SearchValues.Create(values, StringComparison.OrdinalIgnoreCase);
}
