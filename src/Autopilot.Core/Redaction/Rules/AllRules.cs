namespace Autopilot.Core.Redaction.Rules;

/// <summary>Every rule there is. Where two match at the same place the one with the longer literal decides.</summary>
internal static class AllRules
{
    public static IReadOnlyList<Rule> WithLiterals(IEnumerable<byte[]> literals) =>
    [
        .. literals.Select(l => new LiteralRule(l)),
        new PrivateKeyRule(),
        new UrlPasswordRule(),
        new SchemeRule("bearer", probe: 3),
        new SchemeRule("basic", probe: 2),
        .. TokenRules.All,
        .. VendorRules.All,
        new AssignmentRule(),
    ];
}
