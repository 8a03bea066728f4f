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
        new CommandPasswordRule("curl ", probe: 2, 'u', "--user", PasswordForm.AfterUser),
        new CommandPasswordRule("sshpass ", probe: 1, 'p', "", PasswordForm.Value),
        new CommandPasswordRule("mysql", probe: 1, 'p', "", PasswordForm.Attached),
        new CommandPasswordRule("mariadb", probe: 4, 'p', "", PasswordForm.Attached),
        new CookieRule(),
        new NetrcRule(),
        .. TokenRules.All,
        .. VendorRules.All,
        new AssignmentRule(),
    ];
}
