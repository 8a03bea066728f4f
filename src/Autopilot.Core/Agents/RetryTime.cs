using System.Globalization;
using System.Text.RegularExpressions;

namespace Autopilot.Core.Agents;

/// <summary>Finds in a provider's message when a quota or a rate limit is back.</summary>
public static partial class RetryTime
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    /// <summary>The longest that a limit is believed to last: there are weekly ones, and a clock may be a day off.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(8);

    /// <summary>What is believed of what a provider, or whoever speaks for it, says.</summary>
    public static DateTimeOffset? Believed(DateTimeOffset? said, DateTimeOffset now) => said - now > Longest ? now + Longest : said;

    /// <summary>The instant that the text names, at or after <paramref name="now"/>; null when it names none.</summary>
    /// <param name="text">Such as "try again in 2 days 3 hours", "usage limit reached|1767225600", "resets 3am (UTC)".</param>
    /// <param name="now">From which relative times count.</param>
    public static DateTimeOffset? Find(string? text, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var head = text.Length > 4000 ? text[..4000] : text;
        var found = Epoch(head) ?? Relative(head, now) ?? Dated(head) ?? ClockTime(head, now);
        return found >= now ? found : null;
    }

    private static DateTimeOffset? Epoch(string text) =>
        EpochPattern().Match(text) is { Success: true } match && long.TryParse(match.Groups["s"].ValueSpan, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static DateTimeOffset? Relative(string text, DateTimeOffset now)
    {
        if (RelativePattern().Match(text) is not { Success: true } match) return null;
        var seconds = 0.0;
        foreach (Match part in PartPattern().Matches(match.Groups["parts"].Value))
            seconds += double.Parse(part.Groups["n"].ValueSpan, CultureInfo.InvariantCulture) * Unit(part.Groups["u"].Value).TotalSeconds;
        return now + (seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest); // a time beyond the calendar is none
    }

    private static TimeSpan Unit(string name) => name[0] switch
    {
        'd' or 'D' => TimeSpan.FromDays(1),
        'h' or 'H' => TimeSpan.FromHours(1),
        's' or 'S' => TimeSpan.FromSeconds(1),
        _ when name.StartsWith("ms", StringComparison.OrdinalIgnoreCase) => TimeSpan.FromMilliseconds(1),
        _ => TimeSpan.FromMinutes(1),
    };

    private static DateTimeOffset? Dated(string text)
    {
        if (DatedPattern().Match(text) is not { Success: true } match) return null;
        var plain = OrdinalPattern().Replace(match.Groups["when"].Value, "${day}");
        return DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var when) ? when : null;
    }

    private static DateTimeOffset? ClockTime(string text, DateTimeOffset now)
    {
        if (ClockPattern().Match(text) is not { Success: true } match) return null;
        if (!TimeOnly.TryParse(match.Groups["t"].Value.Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var time)) return null;
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + time.ToTimeSpan();
        return today >= now ? today : today.AddDays(1);
    }

    [GeneratedRegex(@"limit reached\|(?<s>[0-9]{10})\b", Options)]
    private static partial Regex EpochPattern();

    [GeneratedRegex(@"(try again|retry|resets?) (in|after) (?<parts>([0-9]+(\.[0-9]+)? ?(days?|d|hours?|hr?s?|minutes?|mins?|ms|m|seconds?|secs?|s)\b,? ?(and )?)+)", Options)]
    private static partial Regex RelativePattern();

    [GeneratedRegex(@"(?<n>[0-9]+(\.[0-9]+)?) ?(?<u>[a-z]+)", Options)]
    private static partial Regex PartPattern();

    [GeneratedRegex(@"(try again|retry|resets?) (at|on) (?<when>([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(Z|[+-][0-9:]+)?|[A-Z][a-z]{2,8} [0-9]{1,2}(st|nd|rd|th)?,? [0-9]{4},? [0-9]{1,2}:[0-9]{2} ?([AP]M)?))", Options)]
    private static partial Regex DatedPattern();

    [GeneratedRegex(@"\b(?<day>[0-9]{1,2})(st|nd|rd|th)\b", Options)]
    private static partial Regex OrdinalPattern();

    [GeneratedRegex(@"(try again|resets?) (at )?(?<t>[0-9]{1,2}(:[0-9]{2})? ?[ap]m|[0-9]{1,2}:[0-9]{2})\b", Options)]
    private static partial Regex ClockPattern();
}
