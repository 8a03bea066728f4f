namespace Autopilot.Core.Redaction.Rules;

/// <summary>
/// The password of a URL such as <c>postgres://user:password@host</c>, with any scheme and with or without a user name;
/// also a long user name, which is how tokens are given to git.
/// </summary>
internal sealed class UrlPasswordRule() : Rule("url-password")
{
    private const int Longest = 1024;
    private const int TokenLength = 17;

    public override IEnumerable<Anchor> Anchors => [new("://")];

    public override bool TryMatch(ref Window window, int at, out Match match)
    {
        match = default;
        var start = at + 3;
        var authority = window.Slice(start, window.EndOfRun(start, Characters.Authority, Longest));
        var host = authority.LastIndexOf((byte)'@');
        if (host <= 0)
            return false;
        var userInfo = authority[..host];
        var colon = userInfo.IndexOf((byte)':');
        var secretStart = (colon < 0 ? userInfo.Length : colon) >= TokenLength ? 0 : colon + 1;
        var secret = userInfo[secretStart..];
        if (secret.IsEmpty || (colon < 0 && secretStart == 0 && userInfo.Length < TokenLength) || IsPlaceholder(secret))
            return false;
        match = new Match(start + secretStart, start + host);
        return true;
    }

    private static bool IsPlaceholder(ReadOnlySpan<byte> secret) => secret[0] is (byte)'$' or (byte)'{';
}
