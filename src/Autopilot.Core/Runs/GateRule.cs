namespace Autopilot.Core.Runs;

/// <summary>What the user configured for one gate.</summary>
/// <param name="Timeout">How long a person has to answer; null for as long as the question says.</param>
/// <param name="OnTimeout">The answer after that; null for the question's own, which is never an approval.</param>
public sealed record GateRule(TimeSpan? Timeout, string? OnTimeout)
{
    private const string Deny = "deny";

    /// <summary>The question as it is put to a person. Silence approves only where the configuration says so for this very gate.</summary>
    public static Question Apply(Question question, IReadOnlyDictionary<string, GateRule> rules)
    {
        var rule = rules.GetValueOrDefault(question.Gate);
        var own = question.OnTimeout is Answer.Approval || question.OnTimeout is null && question.Choices.Contains(Deny) ? Deny : question.OnTimeout;
        return question with { Timeout = rule?.Timeout ?? question.Timeout, OnTimeout = rule?.OnTimeout ?? own };
    }
}
