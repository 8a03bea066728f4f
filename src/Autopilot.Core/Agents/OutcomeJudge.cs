namespace Autopilot.Core.Agents;

/// <summary>Judges how a session ended. No single sign is reliable, so all of them count together: who ended it, exit code and signal,
/// the agent's closing word, its error flags, refused tools, and what the workspace really shows.</summary>
public static class OutcomeJudge
{
    private const string NoModelCall = "no model call";
    private const int TemporaryFailure = 75;
    private const int CommandNotFound = 127;

    /// <summary>With these nothing was answered, and so nothing is owed.</summary>
    private static readonly FailureKind[] turnedAway = [FailureKind.BadKey, FailureKind.NoQuota, FailureKind.RateLimit, FailureKind.Overload, FailureKind.UnknownModel, FailureKind.BadArguments, FailureKind.SessionLost, FailureKind.MissingExecutable];

    /// <summary>The outcome of a session whose process ran.</summary>
    public static AgentOutcome Judge(AgentTraits agent, AgentRequest request, SessionFacts facts, SessionEnd end)
    {
        var verdict = Decide(agent, request, facts, end);
        var costsNothing = !agent.ExitCodeDecides && facts is { ModelCalls: 0, Usage.Total: 0, CostUsd: null } && turnedAway.Contains(verdict.Failure);
        return new AgentOutcome
        {
            Kind = verdict.Kind,
            Failure = verdict.Failure,
            Limit = verdict.Limit,
            Detail = verdict.Detail,
            RetryAt = RetryAt(verdict, facts, end),
            SessionId = facts.SessionId ?? (verdict.Failure == FailureKind.SessionLost ? null : request.ResumeSessionId),
            Model = facts.Model,
            FinalText = facts.LastTurn is { Failure: FailureKind.None, Text: { } text } ? text : facts.LastText,
            Usage = facts.Usage,
            CostUsd = costsNothing ? 0 : facts.CostUsd,
            SpentAtLeastUsd = facts.SpentAtLeast,
            CostBasis = costsNothing ? NoModelCall : facts.CostBasis,
            Turns = facts.Turns,
            ModelCalls = facts.ModelCalls,
            ToolCalls = facts.ToolCalls,
            ToolErrors = facts.ToolErrors,
            Denials = facts.Denials,
            FilesChanged = end.FilesChanged,
            ExitCode = end.ExitCode,
            Signal = end.Signal,
            Duration = end.Duration,
        };
    }

    /// <summary>The outcome of a session that could not start, because there is no such program.</summary>
    public static AgentOutcome Missing(AgentTraits agent, string executable) => new()
    {
        Kind = OutcomeKind.Failed,
        Failure = FailureKind.MissingExecutable,
        Detail = $"There is no executable '{executable}'. {Remedy.For(FailureKind.MissingExecutable, agent)}".TrimEnd(),
        CostUsd = 0,
        CostBasis = NoModelCall,
    };

    /// <summary>The outcome of a session that could not start, because what was asked cannot be done.</summary>
    public static AgentOutcome Unstartable(string detail) => new()
    {
        Kind = OutcomeKind.Failed,
        Failure = FailureKind.BadArguments,
        Detail = detail,
        CostUsd = 0,
        CostBasis = NoModelCall,
    };

    /// <summary>The outcome of a turn that did not begin, because its workspace had grown too much since the one before.</summary>
    /// <param name="sessionId">The session that can be gone on with; null for none.</param>
    public static AgentOutcome Full(AgentRequest request, string? sessionId) => new()
    {
        Kind = OutcomeKind.Limited,
        Limit = LimitKind.Disk,
        Detail = Grown(request).Detail,
        SessionId = sessionId,
        CostUsd = 0,
        CostBasis = NoModelCall,
    };

    private static Verdict Decide(AgentTraits agent, AgentRequest request, SessionFacts facts, SessionEnd end) =>
        EndedByUs(agent, request, facts, end)
        ?? (agent.ExitCodeDecides ? ByExitCode(agent, facts, end) : null)
        ?? ByClosingWord(agent, facts)
        ?? ByProcess(agent, facts, end)
        ?? ByEvidence(agent, request, facts, end);

    private static Verdict? EndedByUs(AgentTraits agent, AgentRequest request, SessionFacts facts, SessionEnd end) => end.Cause switch
    {
        EndCause.Cancelled => new(OutcomeKind.Cancelled, FailureKind.None, LimitKind.None, "It was stopped. Resume when it may go on."),
        EndCause.WallClock => Reached(LimitKind.Time, $"It ran into its time limit of {request.Limits.WallClock}{Waiting(facts)}."),
        EndCause.Turns => Reached(LimitKind.Turns, $"It used its {request.Limits.Turns} turns."),
        EndCause.ModelCalls => Reached(LimitKind.ModelCalls, $"It made its {request.Limits.ModelCalls} model calls."),
        EndCause.Budget => Reached(LimitKind.Budget, $"It used its budget of {request.Limits.BudgetUsd} USD."),
        EndCause.Disk => Grown(request),
        EndCause.Memory => new(OutcomeKind.Limited, FailureKind.None, LimitKind.Memory, "The machine was about to run out of memory, and this was the largest session: it was ended, which is nobody's fault. Resume it when memory is free, or run fewer sessions at once."),
        EndCause.Silence => Failed(agent, FailureKind.Silence, $"It was silent for {request.Limits.Silence}{Waiting(facts)}."),
        _ => null,
    };

    private static Verdict Grown(AgentRequest request) => Reached(LimitKind.Disk, $"Its workspace grew by more than {request.Limits.WorkspaceBytes >> 20} MiB (session.disk).");

    private static string Waiting(SessionFacts facts) =>
        facts.OpenRetry is { } retry ? $", while it retried a model call ({retry.Failure}: {Short(retry.Detail)})" : "";

    private static Verdict? ByExitCode(AgentTraits agent, SessionFacts facts, SessionEnd end)
    {
        if (end.Signal is not null) return null;
        if (end.ExitCode == 0) return new(OutcomeKind.Completed, FailureKind.None, LimitKind.None, Done(facts, end));
        if (facts.LastTurn is { } turn && (turn.Failure, turn.Limit) is not (FailureKind.None, LimitKind.None)) return ByClosingWord(agent, facts);
        var failure = end.ExitCode switch
        {
            TemporaryFailure => FailureKind.RateLimit,
            CommandNotFound => FailureKind.MissingExecutable,
            _ => FailureKind.Unknown,
        };
        return Failed(agent, failure, $"It exited with code {end.ExitCode}{Tail(end)}.");
    }

    private static Verdict? ByClosingWord(AgentTraits agent, SessionFacts facts) => facts.LastTurn switch
    {
        null => null,
        { Limit: LimitKind.Quota } turn => Quota(agent, turn.Failure == FailureKind.None ? FailureKind.NoQuota : turn.Failure, turn.Text),
        { Limit: not LimitKind.None } turn => Reached(turn.Limit, $"The agent reached its limit: {Sentence(turn.Text, turn.Limit.ToString())}"),
        { Failure: FailureKind.None } => null,
        { Failure: FailureKind.Interrupted } => new(OutcomeKind.Cancelled, FailureKind.Interrupted, LimitKind.None, "It was interrupted from outside. " + Remedy.For(FailureKind.Interrupted, agent)),
        { Failure: FailureKind.NoQuota } turn => Quota(agent, turn.Failure, turn.Text),
        var turn => Failed(agent, turn.Failure, Sentence(turn.Text, turn.Failure.ToString())),
    };

    private static Verdict? ByProcess(AgentTraits agent, SessionFacts facts, SessionEnd end)
    {
        if (end.Signal is { } signal) return Crashed(agent, $"Signal {signal} ended it{Claimed(facts)}{Tail(end)}.");
        if (end.ExitCode is > 128 and < 160 and var code) return Crashed(agent, $"Signal {code - 128} ended it (exit code {code}){Claimed(facts)}{Tail(end)}.");
        if (facts.LastTurn is not null)
            return end.ExitCode is null or 0 ? null : Crashed(agent, $"It claimed success, but exited with code {end.ExitCode}{Tail(end)}.");
        return WithoutClosingWord(agent, facts, end);
    }

    private static Verdict WithoutClosingWord(AgentTraits agent, SessionFacts facts, SessionEnd end)
    {
        var named = FailureText.Classify(string.Join('\n', end.ErrorTail));
        if (facts.ModelCalls == 0 && named != FailureKind.Unknown && end.ExitCode != 0) return Failed(agent, named, Sentence(LastLine(end), named.ToString()));
        if (facts is { Recognized: 0, UnrecognizedLines: > 0 })
            return Failed(agent, FailureKind.MalformedOutput, $"What it printed is not its protocol: {Short(facts.FirstUnrecognized)}");
        return Crashed(agent, $"It exited with code {end.ExitCode} without a closing word{Waiting(facts)}{Tail(end)}.");
    }

    private static Verdict ByEvidence(AgentTraits agent, AgentRequest request, SessionFacts facts, SessionEnd end)
    {
        var writes = request.Access == AgentAccess.Write;
        var unchanged = end.FilesChanged is null or { Count: 0 };
        if (writes && facts.Denials.Count > 0 && unchanged)
            return Failed(agent, FailureKind.PermissionDenied, $"It was denied {string.Join(", ", facts.Denials)} and changed nothing ({Short(facts.DenialReason)}).");
        if (writes && end.FilesChanged is { Count: 0 } && (facts.ClaimedFiles.FirstOrDefault() ?? ChangeClaim.File(facts.LastTurn?.Text ?? facts.LastText)) is { } claimed)
            return Failed(agent, FailureKind.ClaimWithoutEvidence, $"It says that it changed {claimed}, but no file of the workspace differs.");
        return new(OutcomeKind.Completed, FailureKind.None, LimitKind.None, Done(facts, end));
    }

    private static string Done(SessionFacts facts, SessionEnd end)
    {
        var files = end.FilesChanged switch
        {
            null => "It ended in order",
            { Count: 0 } => "It ended in order and changed no file",
            { Count: 1 } => "It ended in order and changed 1 file",
            { Count: var count } => $"It ended in order and changed {count} files",
        };
        return facts.Denials.Count == 0 ? files + "." : $"{files}, though it was denied {string.Join(", ", facts.Denials)}: check what is missing.";
    }

    private static Verdict Reached(LimitKind limit, string what) =>
        new(OutcomeKind.Limited, FailureKind.None, limit, $"{what} Resume it with a higher limit.");

    private static Verdict Quota(AgentTraits agent, FailureKind failure, string? text) =>
        new(OutcomeKind.Limited, failure, LimitKind.Quota, $"{Sentence(text, "The allowance is used up")} {Remedy.For(failure, agent)}");

    private static Verdict Failed(AgentTraits agent, FailureKind failure, string what) =>
        new(OutcomeKind.Failed, failure, LimitKind.None, $"{what} {Remedy.For(failure, agent)}".TrimEnd());

    private static Verdict Crashed(AgentTraits agent, string what) =>
        new(OutcomeKind.Crashed, FailureKind.Crash, LimitKind.None, $"{what} {Remedy.For(FailureKind.Crash, agent)}");

    private static DateTimeOffset? RetryAt(Verdict verdict, SessionFacts facts, SessionEnd end) =>
        verdict.Failure is FailureKind.NoQuota or FailureKind.RateLimit or FailureKind.Overload
            ? RetryTime.Believed(facts.LastTurn?.RetryAt ?? RetryTime.Find(facts.LastTurn?.Text ?? LastLine(end), end.At), end.At)
            : null;

    private static string Claimed(SessionFacts facts) => facts.LastTurn is null ? "" : ", after it had claimed success";

    private static string Tail(SessionEnd end) => LastLine(end) is { } line ? $" ({Short(line)})" : "";

    private static string? LastLine(SessionEnd end) => end.ErrorTail.LastOrDefault(line => !string.IsNullOrWhiteSpace(line));

    private static string Sentence(string? text, string otherwise)
    {
        var said = Short(string.IsNullOrWhiteSpace(text) ? otherwise : text);
        return said[^1] is '.' or '!' or '?' or '…' ? said : said + ".";
    }

    private static string Short(string? text)
    {
        const int longest = 300;
        var line = (text ?? "").ReplaceLineEndings(" ").Trim();
        return line.Length <= longest ? line : line[..longest] + "…";
    }

    private sealed record Verdict(OutcomeKind Kind, FailureKind Failure, LimitKind Limit, string Detail);
}
