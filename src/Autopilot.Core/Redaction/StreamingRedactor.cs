using System.Buffers;

namespace Autopilot.Core.Redaction;

/// <summary>
/// Redacts text that comes in pieces. However the text is cut, the output is what <see cref="Redactor.Redact(ReadOnlySpan{byte}, IBufferWriter{byte})"/>
/// gives for the whole: bytes are held back only as long as a secret may still begin in them, at most some 130 KB. For one thread.
/// </summary>
public sealed class StreamingRedactor
{
    /// <summary>Written bytes that stay visible to rules which look back at the name before a value.</summary>
    private const int Context = 256;

    private readonly SecretFinder _finder;
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[4096];
    private int _length;
    private int _written;
    private int _enough;
    private SearchState _state;

    internal StreamingRedactor(SecretFinder finder) => _finder = finder;

    /// <summary>How many secrets each rule has masked so far.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Takes a piece and writes all that is safe by now.</summary>
    public void Write(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        Append(piece);
        // While a decision is pending it is tried again only when twice as much has come: the work stays linear for any size of pieces.
        if (_length >= _enough)
            Advance(output, final: false);
    }

    /// <summary>Writes what was held back; the text is over, and another may begin.</summary>
    public void Flush(IBufferWriter<byte> output)
    {
        Advance(output, final: true);
        _state = default;
        _length = _written = _enough = 0;
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        var needless = Math.Min(_written, _state.Settled(_buffer.AsSpan(0, _length))) - Context;
        if (needless > 0 && _length + piece.Length > _buffer.Length)
            Forget(needless);
        if (_length + piece.Length > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + piece.Length));
        piece.CopyTo(_buffer.AsSpan(_length));
        _length += piece.Length;
    }

    private void Forget(int count)
    {
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
        _written -= count;
        _enough -= count;
        _state.Forget(count);
    }

    private void Advance(IBufferWriter<byte> output, bool final)
    {
        var text = _buffer.AsSpan(0, _length);
        SearchResult result;
        while ((result = _finder.Next(text, ref _state, final)) == SearchResult.Match)
        {
            output.Write(text[_written.._state.Match.Start]);
            _state.Match.WriteMask(output);
            _written = _state.Match.End;
            if (_state.Rule != SecretFinder.Existing)
                _counts[_state.Rule] = _counts.GetValueOrDefault(_state.Rule) + 1;
        }

        _enough = result == SearchResult.NeedsMore ? _state.Position + (2 * (_length - _state.Position)) : 0;
        var safe = final ? _length : Math.Max(_written, _state.Settled(text) - SecretFinder.LookBehind);
        output.Write(text[_written..safe]);
        _written = safe;
    }
}
