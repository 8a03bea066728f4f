using System.Text.RegularExpressions;

namespace Autopilot.Git.Repository;

/// <summary>Which git is needed.</summary>
public static partial class GitVersion
{
    /// <summary>The first that merges without a checkout (<c>merge-tree --write-tree</c>).</summary>
    public static Version Least { get; } = new(2, 38);

    /// <param name="text">What <c>git --version</c> says.</param>
    /// <returns>True also where no version can be read: then the commands themselves tell.</returns>
    public static bool IsEnough(string text) => Number().Match(text) is not { Success: true } found || Version.Parse(found.Value) >= Least;

    [GeneratedRegex(@"\d+\.\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
