using System.Buffers;
using System.Text;
using Autopilot.Core.Redaction.Rules;

namespace Autopilot.Core.Redaction;

/// <summary>
/// The one funnel through which all text passes before it is written anywhere. It replaces every secret it knows by
/// <see cref="Mask.Text"/> and leaves all other bytes as they are. Redacting twice gives the same as redacting once.
/// Immutable; one instance serves all threads.
/// </summary>
public sealed class Redactor
{
    private readonly SecretFinder _finder;

    /// <param name="literalSecrets">Values that are secret wherever they stand; those shorter than <see cref="LiteralForms.Shortest"/> bytes are passed over.</param>
    public Redactor(IEnumerable<string> literalSecrets)
    {
        var literals = literalSecrets.SelectMany(LiteralForms.Of).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes);
        _finder = new SecretFinder(AllRules.WithLiterals(literals));
    }

    /// <summary>Names of all rules.</summary>
    public static IReadOnlyList<string> RuleNames { get; } =
        AllRules.WithLiterals([]).Select(r => r.Name).Distinct(StringComparer.Ordinal).ToList();

    /// <summary>A redactor that also knows the values of the variables whose names look secret, and further ones.</summary>
    public static Redactor FromEnvironment(IEnumerable<KeyValuePair<string, string>> variables, IEnumerable<string>? known = null) => new(SecretEnvironment.Values(variables).Concat(known ?? []));

    /// <summary>The text without secrets; the same instance if there were none.</summary>
    public string Redact(string text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(text));
        try
        {
            var bytes = rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented));
            if (!TryFindSecret(bytes, out _))
                return text;
            var output = new ArrayBufferWriter<byte>(bytes.Length);
            Redact(bytes, output);
            return Encoding.UTF8.GetString(output.WrittenSpan);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Writes the UTF-8 text without secrets.</summary>
    public void Redact(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => Redact(text, output, out _);

    /// <summary>
    /// As <see cref="Redact(ReadOnlySpan{byte}, IBufferWriter{byte})"/> for a line of JSON: strings and numbers under sensitive keys are lost at any depth,
    /// however the keys are escaped; booleans and null stay. What is not JSON is treated as text. The output of a JSON line is a JSON line.
    /// </summary>
    public void RedactJson(ReadOnlySpan<byte> line, IBufferWriter<byte> output)
    {
        // Masks of the one kind may change what the other sees: done is what neither changes any more.
        while (RedactJsonOnce(line) is { } once) line = once;
        output.Write(line);
    }

    /// <summary>The first secret in the text, if there is one.</summary>
    public bool TryFindSecret(ReadOnlySpan<byte> text, out Finding finding)
    {
        var state = default(SearchState);
        while (_finder.Next(text, ref state, final: true) == SearchResult.Match)
        {
            if (state.Rule == SecretFinder.Existing)
                continue;
            finding = new Finding(state.Rule, state.Match.Start, state.Match.End - state.Match.Start);
            return true;
        }

        finding = default;
        return false;
    }

    /// <summary>A redactor for text that comes in pieces, which may cut through secrets.</summary>
    public StreamingRedactor CreateStream() => new(_finder);

    /// <returns>Null when the line stays as it is.</returns>
    private byte[]? RedactJsonOnce(ReadOnlySpan<byte> line)
    {
        // The text rules know "key": "value" as well; a parser is needed only for lists, objects and escaped keys.
        var hasEscapedKeys = line.IndexOf("\\u00"u8) >= 0;
        if (!hasEscapedKeys && IsClean(line)) return null;
        var text = new ArrayBufferWriter<byte>(line.Length + Mask.QuotedUtf8.Length);
        var changed = Redact(line, text, out var state);
        if (state.NeedsJson || hasEscapedKeys)
        {
            var json = new ArrayBufferWriter<byte>(text.WrittenCount);
            changed |= JsonSecrets.Mask(text.WrittenSpan, json);
            text = json;
        }

        return changed ? text.WrittenSpan.ToArray() : null;
    }

    /// <summary>Whether neither the rules nor a JSON parser would change anything: found without a copy, as most text is.</summary>
    private bool IsClean(ReadOnlySpan<byte> text)
    {
        var state = default(SearchState);
        while (_finder.Next(text, ref state, final: true) == SearchResult.Match)
            if (state.Rule != SecretFinder.Existing) return false;
        return !state.NeedsJson;
    }

    /// <returns>Whether anything was masked that was not before.</returns>
    internal bool Redact(ReadOnlySpan<byte> text, IBufferWriter<byte> output, out SearchState state)
    {
        state = default;
        var written = 0;
        var changed = false;
        while (_finder.Next(text, ref state, final: true) == SearchResult.Match)
        {
            output.Write(text[written..state.Match.Start]);
            state.Match.WriteMask(output);
            written = state.Match.End;
            changed |= state.Rule != SecretFinder.Existing;
        }

        output.Write(text[written..]);
        return changed;
    }
}
