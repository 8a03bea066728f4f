namespace Autopilot.Core.Redaction.Rules;

/// <summary>Decides which part of what stands after an operator is the secret, and whether it is one.</summary>
internal static class AssignedValue
{
    private const int Longest = 4096;
    private const int ShortestPassword = 4;
    private const int ShortestToken = 8;
    private const int CommitLength = 40;

    private static readonly ByteSet Scheme = Characters.Of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly ByteSet JsonNumber = Characters.Of("0123456789+-.eE");
    private static readonly ByteSet Hexadecimal = Characters.Of("0123456789abcdef");
    private static readonly ByteSet Symbols = Characters.Of("+/=~:%!#$^*|?@-");

    /// <summary>Those that do not stand in types, paths and times, which follow a colon in prose.</summary>
    private static readonly ByteSet RareSymbols = Characters.Of("+=~%!#$^*@");

    public static bool TryFind(ref Window window, scoped ReadOnlySpan<char> name, AssignmentOperator assignment, out Match match)
    {
        match = default;
        var at = assignment.Value;
        if (Quote.TryRead(ref window, at, out var quote) && EndsTextAround(ref window, at, quote, assignment))
            return false;
        if (QuotedText.TryRead(ref window, at, Longest, out var start, out var end))
            return !window.RunsIntoMask(end) && IsQuotedSecret(window.Slice(start, end), name, assignment.Kind) && Accept(start, end, out match);
        if (assignment.Kind == OperatorKind.Member)
            return TryFindInMember(ref window, assignment, out match);
        if (name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase))
            return TryFindCredential(ref window, at, out match);
        end = EndOfBare(ref window, at);
        return IsBareSecret(ref window, at, end, name, assignment.Kind) && Accept(at, end, out match);
    }

    /// <summary>Whether the quote is not that of a value but closes the text in which the name stands, as in <c>["the password=", 1]</c>.</summary>
    private static bool EndsTextAround(ref Window window, int at, Quote quote, AssignmentOperator assignment) => assignment.Kind == OperatorKind.Member
        ? quote.Escapes < assignment.Quote!.Value.Escapes
        : window[at + quote.Length] is ',' or ']' or '}' or ')' or ':' or ' ';

    private static bool Accept(int start, int end, out Match match)
    {
        match = new Match(start, end);
        return true;
    }

    private static bool IsQuotedSecret(ReadOnlySpan<byte> value, scoped ReadOnlySpan<char> name, OperatorKind kind)
    {
        if (value.IsEmpty)
            return false;
        if (kind == OperatorKind.Member)
            return !IsWorkingDirectory(name, value);
        if (IsPlaceholder(value))
            return false;
        return SensitiveName.IsPassword(name)
            ? value.Length >= ShortestPassword && !IsWorkingDirectory(name, value)
            : value.Length >= ShortestToken && (!value.ContainsAny(" \t"u8) || name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A JSON number is replaced by a string; a list of scalars loses its content; an object is judged by its own keys.</summary>
    private static bool TryFindInMember(ref Window window, AssignmentOperator assignment, out Match match)
    {
        match = default;
        var at = assignment.Value;
        if (window[at] == '[')
        {
            window.NeedsJson = true;
            return JsonList.TryFindScalars(ref window, assignment, Longest, out match);
        }

        window.NeedsJson |= window[at] == '{';
        var number = window[at] == '-' ? at + 1 : at;
        if (window.EndOfRun(number, Characters.Digits, 1) == number)
            return false;
        match = new Match(at, window.EndOfRun(at, JsonNumber, 64), assignment.Quote);
        return true;
    }

    /// <summary>The value of an <c>Authorization</c> header: the scheme stays, the credential goes.</summary>
    private static bool TryFindCredential(ref Window window, int at, out Match match)
    {
        var credential = at;
        var scheme = window.EndOfRun(at, Scheme, 32);
        if (scheme > at && window[scheme] == ' ')
            credential = scheme + 1;
        var end = EndOfBare(ref window, credential);
        match = new Match(credential, end);
        var value = window.Slice(credential, end);
        if (value.IsEmpty || IsPlaceholder(value) || window[end] == '[')
            return false;
        return credential > at || (value.Length >= ShortestToken && Characters.ContainsDigit(value));
    }

    private static int EndOfBare(ref Window window, int at)
    {
        var end = window.EndOfRun(at, Characters.Credential, Longest);
        while (window[end] == '\\' && window[end + 1] is '\\' or '/' && end - at < Longest)
            end = window.EndOfRun(end + 2, Characters.Credential, Longest);
        return end;
    }

    private static bool IsBareSecret(ref Window window, int start, int end, scoped ReadOnlySpan<char> name, OperatorKind kind)
    {
        var value = window.Slice(start, end);
        if (value.Length < ShortestPassword || IsPlaceholder(value) || window[end] is '(' or '[' or '{' || IsWorkingDirectory(name, value))
            return false;
        var hasDigit = Characters.ContainsDigit(value);
        if (!SensitiveName.IsPassword(name))
            return value.Length >= ShortestToken && hasDigit && Characters.ContainsLetter(value) && !BareWords.IsCode(value) && !(kind == OperatorKind.Colon && IsCommit(value));
        return kind switch
        {
            OperatorKind.Assign => !BareWords.IsCode(value) && !BareWords.IsKeyword(value),
            OperatorKind.SpacedAssign => !BareWords.IsCode(value) && (hasDigit || value.ContainsAny(Symbols.Values)),
            _ => value.Length > 5 && !BareWords.IsCode(value) && (hasDigit || value.ContainsAny(RareSymbols.Values)),
        };
    }

    private static bool IsCommit(ReadOnlySpan<byte> value) => value.Length == CommitLength && !value.ContainsAnyExcept(Hexadecimal.Values);

    /// <summary>A variable, a template or a row of stars, not the secret itself.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<byte> value) =>
        value[0] is (byte)'$' or (byte)'<' or (byte)'{' || value.IndexOf("${"u8) >= 0 || value.IndexOf("{{"u8) >= 0 || !value.ContainsAnyExcept(value[0]);

    /// <summary><c>PWD</c> is also the working directory.</summary>
    private static bool IsWorkingDirectory(scoped ReadOnlySpan<char> name, ReadOnlySpan<byte> value) =>
        name.EndsWith("pwd", StringComparison.OrdinalIgnoreCase) && value[0] is (byte)'/' or (byte)'~' or (byte)'.';
}
