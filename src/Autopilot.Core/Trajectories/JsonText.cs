using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Autopilot.Core.Trajectories;

/// <summary>Writes long texts as JSON strings, byte for byte as <see cref="Utf8JsonWriter"/> does, at a multiple of its pace: nearly all of an agent's text is plain ASCII.</summary>
internal static class JsonText
{
    /// <summary>Below this the writer's own way costs no more.</summary>
    private const int Short = 128;

    /// <summary>The most bytes that one character becomes.</summary>
    private const int Widest = 6;

    private static readonly SearchValues<char> plain = SearchValues.Create(
        string.Concat(Enumerable.Range(0x20, 0x7F - 0x20).Select(c => (char)c).Where(c => c is not ('"' or '\\'))));

    public static void WriteString(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length < Short || text.Length > RecordFormat.MaximumLineBytes / Widest)
        {
            json.WriteString(name, text);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(EscapedLength(text) + 2);
        try
        {
            json.WritePropertyName(name);
            json.WriteRawValue(rented.AsSpan(0, Escape(text, rented)), skipInputValidation: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Escape(ReadOnlySpan<char> text, Span<byte> output)
    {
        output[0] = (byte)'"';
        var at = 1;
        while (true)
        {
            var run = text.IndexOfAnyExcept(plain);
            var safe = run < 0 ? text : text[..run];
            Ascii.FromUtf16(safe, output[at..], out var written);
            at += written;
            if (run < 0) break;
            text = text[run..];
            var special = LengthOfSpecial(text);
            at += WriteSpecial(text[..special], output[at..]);
            text = text[special..];
        }

        output[at] = (byte)'"';
        return at + 1;
    }

    /// <summary>No less than what the escaped text takes.</summary>
    private static int EscapedLength(ReadOnlySpan<char> text)
    {
        var length = text.Length;
        while (text.IndexOfAnyExcept(plain) is var run && run >= 0)
        {
            text = text[run..];
            var special = LengthOfSpecial(text);
            length += special * (Widest - 1);
            text = text[special..];
        }

        return length;
    }

    /// <summary>One escaped character, or a run of those beyond ASCII: the halves of a pair stay together.</summary>
    private static int LengthOfSpecial(ReadOnlySpan<char> text)
    {
        if (text[0] < 0x80) return 1;
        var end = text.IndexOfAnyInRange('\0', '\u007F');
        return end < 0 ? text.Length : end;
    }

    private static int WriteSpecial(ReadOnlySpan<char> special, Span<byte> output)
    {
        var letter = special[0] switch { '\n' => 'n', '\r' => 'r', '\t' => 't', '"' => '"', '\\' => '\\', _ => '\0' };
        if (letter == '\0') return Encoding.UTF8.GetBytes(RecordFormat.WriterOptions.Encoder!.Encode(special.ToString()), output);
        output[0] = (byte)'\\';
        output[1] = (byte)letter;
        return 2;
    }
}
