namespace Autopilot.Core.Governance;

/// <summary>Whether a permit fits into all caps, and how much it may spend.</summary>
public abstract record Admission
{
    /// <summary>What one step costs at the least where nothing is known, in USD.</summary>
    public const decimal SmallestStepUsd = 0.01m;

    /// <summary>What one session uses where nothing is known, in tokens, those read from a cache included. Reserved at most: it never needs more than is left.</summary>
    public const long TokensOfUnknown = 1_000_000;

    private Admission() { }

    /// <param name="LimitUsd">Reserved for it, and the most it may spend; null when no cap applies.</param>
    /// <param name="Tokens">Reserved for it.</param>
    public sealed record Granted(decimal? LimitUsd, long Tokens) : Admission;

    /// <summary>It fits once others have settled what they reserved.</summary>
    public sealed record Wait(string Reason) : Admission;

    /// <summary>It cannot fit.</summary>
    public sealed record Refused(string Code, string Message) : Admission;

    public static Admission Decide(AdmissionRequest request, IReadOnlyList<BudgetScope> scopes)
    {
        var smallest = request.SmallestUsd ?? SmallestStepUsd;
        if (request.CapUsd < smallest)
            return new Refused("budget:session", $"The cap of ${request.CapUsd:0.00##} for this session is below the ${smallest:0.00##} that one smallest step costs. Raise budget.session or the command's own budget.");
        var needed = Math.Max(smallest, Math.Min(request.EstimateUsd ?? smallest, request.CapUsd ?? decimal.MaxValue));
        Wait? wait = null;
        var limit = request.CapUsd;
        var known = request.EstimateTokens is > 0 and { } estimate ? estimate : (long?)null;
        var tokens = known ?? 0;
        foreach (var scope in scopes)
        {
            if (scope.Cap is not { } cap || scope.Left is not { } left) continue;
            var need = scope.Unit == "usd" ? needed : known ?? 1;
            if (cap - scope.Spent < need) return Refuse(scope, need);
            if (left < need) wait ??= new Wait($"the {scope.Name} budget is reserved by others: {scope.Arithmetic}, needed {scope.Show(need)}");
            if (scope.Unit == "usd") limit = limit is { } other ? Math.Min(other, left) : left;
            else if (known is null) tokens = (long)Math.Min(tokens > 0 ? tokens : TokensOfUnknown, left);
        }

        return wait ?? (Admission)new Granted(limit, tokens);
    }

    /// <summary>For work that is free as far as anybody knows: it reserves nothing and may always begin, but should it cost something after all, no more than is left.</summary>
    public static Granted Unreserved(decimal? capUsd, IReadOnlyList<BudgetScope> scopes) =>
        new(scopes.Where(scope => scope.Unit == "usd").Select(scope => scope.Left).Append(capUsd).Min() is { } least ? Math.Max(0, least) : null, 0);

    private static Refused Refuse(BudgetScope scope, decimal need)
    {
        var next = scope.Name.Split(' ')[0] switch
        {
            "day" => "Raise budget.day, or wait until 00:00 UTC.",
            "month" => "Raise budget.month, or wait for the next month (UTC).",
            "run" => "Raise budget.run to go on.",
            _ => "Raise it, or wait for the next day (UTC).",
        };
        return new Refused($"budget:{scope.Name.Split(' ')[0]}", $"The {scope.Name} budget cannot pay for this: {scope.Arithmetic}, but one step needs about {scope.Show(need)}. {next}");
    }
}
