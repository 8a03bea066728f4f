namespace Autopilot.Core.Governance;

/// <summary>The governor said no.</summary>
/// <param name="code">A stable code such as <c>budget:day</c>, <c>mode:off</c>, <c>kill</c>.</param>
/// <param name="message">With the arithmetic and what to do next.</param>
public sealed class PermitRefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>True when money is what is missing (exit code 6), false otherwise (exit code 5).</summary>
    public bool IsBudget => Code.StartsWith("budget:", StringComparison.Ordinal);

    /// <summary>True when it is the provider that is not to be had, or whose own cap is used up: another one may be granted.</summary>
    public bool IsProviders => Code is "budget:provider" || Code.StartsWith("provider:", StringComparison.Ordinal);
}
