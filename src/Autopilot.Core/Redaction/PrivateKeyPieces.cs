using System.Text;
using Autopilot.Core.Redaction.Rules;

namespace Autopilot.Core.Redaction;

/// <summary>
/// Masks what comes of a private key after its first line, in a stream whose pieces are each written at once, as lines of a program are.
/// The piece in which a key begins is left to the <see cref="Redactor"/>, who needs no memory for it. Nothing is held back. For one thread.
/// </summary>
public sealed class PrivateKeyPieces
{
    /// <summary>How much more of a key may come, in bytes; none while no key is open.</summary>
    private int left;

    /// <summary>Whether a key has begun that has not ended.</summary>
    public bool IsOpen => left > 0;

    /// <summary>Whether a text can begin a key.</summary>
    public static bool MayOpen(string piece) => piece.Contains(PrivateKeyRule.Marker, StringComparison.Ordinal);

    /// <summary>The next piece without what belongs to a key that began before; the same instance if nothing does.</summary>
    public string Next(string piece)
    {
        if (!IsOpen && !MayOpen(piece)) return piece;
        var text = Encoding.UTF8.GetBytes(piece);
        var masked = IsOpen ? TakeBody(text) : 0;
        if (!IsOpen) left = LeftOfLastKey(text.AsSpan(masked));
        return masked == 0 ? piece : Mask.Text + Encoding.UTF8.GetString(text.AsSpan(masked));
    }

    private int TakeBody(ReadOnlySpan<byte> text)
    {
        var window = new Window(text, 0);
        var end = 0;
        var isOpen = PrivateKeyRule.TakeBody(ref window, ref end, left);
        // Blank pieces count as well, as a line break each: what never goes on is not waited for.
        left = isOpen ? Math.Max(0, left - text.Length - 1) : 0;
        return end;
    }

    private static int LeftOfLastKey(ReadOnlySpan<byte> text)
    {
        var at = text.LastIndexOf(Encoding.ASCII.GetBytes(PrivateKeyRule.Marker));
        if (at < 0) return 0;
        var window = new Window(text, 0);
        return PrivateKeyRule.TryTakeKey(ref window, at, out _, out var isOpen) && isOpen ? Math.Max(0, PrivateKeyRule.Longest - (text.Length - at)) : 0;
    }
}
