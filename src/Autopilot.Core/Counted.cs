using System.Globalization;

namespace Autopilot.Core;

/// <summary>Numbers of things, for people.</summary>
public static class Counted
{
    /// <summary>Such as "1 unit" and "1,200 units".</summary>
    /// <param name="number">How many.</param>
    /// <param name="thing">The singular of a word that takes an s.</param>
    public static string Of(long number, string thing) => $"{number.ToString("N0", CultureInfo.InvariantCulture)} {thing}{(number == 1 ? "" : "s")}";
}
