using System.Globalization;
using System.Text;
using Autopilot.Core;
using Autopilot.Core.Trajectories;

namespace Autopilot.Rendering;

/// <summary>Turns foreign text and numbers into what may be shown on a terminal.</summary>
internal static class Readable
{
    /// <summary>The first line that is not blank, cut to a length, without characters that could steer a terminal.</summary>
    public static string Line(string text, int maximum)
    {
        var start = text.AsSpan().TrimStart();
        var end = start.IndexOf('\n');
        // Longer than is shown, so that what is cut off is known to be more.
        var line = (end < 0 ? start : start[..end])[..Math.Min(end < 0 ? start.Length : end, (maximum * 4) + 4)];
        return TextCut.Characters(Plain(line.TrimEnd().ToString()), maximum);
    }

    /// <summary>The text without control characters, but for line feeds and tabs.</summary>
    public static string Plain(string text)
    {
        if (!text.Any(IsHidden)) return text;
        var plain = new StringBuilder(text.Length);
        foreach (var c in text) plain.Append(IsHidden(c) ? '\uFFFD' : c);
        return plain.ToString();
    }

    public static string Time(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}" : $"{time.Minutes}:{time.Seconds:00}";

    /// <summary>A length of time; below a minute with tenths of a second.</summary>
    public static string Span(TimeSpan time) => time.TotalMinutes >= 1 ? Time(time) : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>So many of a thing, whose plural ends in s.</summary>
    public static string Count(long number, string thing) => Counted.Of(number, thing);

    /// <summary>In USD; unknown is shown as unknown, never as zero.</summary>
    public static string Cost(decimal? usd) => usd is { } known ? $"${known.ToString(known is > 0 and < 0.1m ? "0.0000" : "0.00", CultureInfo.InvariantCulture)}" : "unknown";

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static bool IsHidden(char c) => char.IsControl(c) && c is not ('\n' or '\t') || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
