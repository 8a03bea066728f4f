using System.Text.RegularExpressions;

namespace Autopilot.Core.Review;

/// <summary>
/// Finds changes of the files that a verification command goes through: with <c>make test</c> it is the Makefile that says what a test is.
/// Where such a file holds other things, too, only lines count that can change what is checked.
/// </summary>
internal static partial class CheckFiles
{
    private static readonly char[] Separators = [' ', '\t', '\n', ';', '&', '|', '(', ')', '"', '\''];

    private static readonly (string[] Programs, Func<ChangedFile, HashSet<string>, string?> Find)[] All =
    [
        (["make", "gmake"], (file, _) => InWhole(file, MakeFile())),
        (["just"], (file, _) => InWhole(file, JustFile())),
        (["rake"], (file, _) => InWhole(file, RakeFile())),
        (["tox"], (file, _) => InSections(file, "setup.cfg", ToxSection())),
        (["npm", "yarn", "pnpm", "bun"], InScripts),
        (["pytest", "py.test", "tox"], (file, _) => InLines(file, Conftest(), PytestHook())),
        (["mvn", "mvnw"], (file, _) => InLines(file, PomFile(), PomSetting())),
        (["gradle", "gradlew"], (file, _) => InLines(file, GradleFile(), GradleSetting())),
    ];

    /// <param name="commands">The verification commands.</param>
    /// <returns>The first changed line that can change what one of them checks; null when there is none.</returns>
    public static string? Changed(ChangedFile file, IReadOnlyList<string> commands)
    {
        var words = commands.SelectMany(c => c.Split(Separators, StringSplitOptions.RemoveEmptyEntries)).Select(Name).ToHashSet(StringComparer.Ordinal);
        return All.Where(one => one.Programs.Any(words.Contains)).Select(one => one.Find(file, words)).FirstOrDefault(found => found is not null)?[1..].Trim();
    }

    internal static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string? InWhole(ChangedFile file, Regex name) =>
        name.IsMatch(Name(file.Path)) || name.IsMatch(Name(file.From)) ? file.Lines.FirstOrDefault(l => IsChange(l) && !Comment().IsMatch(l[1..])) ?? (file.From == file.Path ? null : " moved") : null;

    private static string? InLines(ChangedFile file, Regex name, Regex setting) =>
        name.IsMatch(Name(file.Path)) ? file.Lines.FirstOrDefault(l => file.IsRealChange(l) && setting.IsMatch(l[1..])) : null;

    private static string? InSections(ChangedFile file, string name, Regex section)
    {
        if (Name(file.Path) != name) return null;
        var inside = false;
        foreach (var line in file.Lines.Where(l => l.Length > 0))
        {
            if (ChangedFile.BeginsHunk(line)) inside = false;
            else if (line[1..].TrimStart().StartsWith('[')) inside = section.IsMatch(line[1..]);
            if (inside && file.IsRealChange(line) && !Comment().IsMatch(line[1..])) return line;
        }

        return null;
    }

    /// <summary>Any script may be a part of the one that is run. A new one weakens nothing, unless it takes the place of that one or runs around it.</summary>
    private static string? InScripts(ChangedFile file, HashSet<string> words)
    {
        if (Name(file.Path) != "package.json") return null;
        string? part = null;
        foreach (var line in file.Lines.Where(l => l.Length > 0))
        {
            if (ChangedFile.BeginsHunk(line)) part = null;
            else if (JsonObject().Match(line[1..]) is { Success: true } begins) part = begins.Groups["name"].Value;
            else if (line[1..].Trim() is "}" or "},") part = part is null ? null : "";
            if (Entry().Match(line[1..]) is not { Success: true } entry || !file.IsRealChange(line)) continue;
            if ((part ?? (LooksLikeScript().IsMatch(line[1..]) ? "scripts" : "")) != "scripts") continue;
            if (line[0] == '-' || IsRun(entry.Groups["name"].Value, words)) return line;
        }

        return null;
    }

    private static bool IsRun(string script, HashSet<string> words) =>
        words.Contains(script)
        || script.StartsWith("pre", StringComparison.Ordinal) && words.Contains(script[3..])
        || script.StartsWith("post", StringComparison.Ordinal) && words.Contains(script[4..]);

    private static bool IsChange(string line) => line.Length > 0 && line[0] is '+' or '-';

#pragma warning disable MA0009 // Nothing repeats in them but in one way.
    [GeneratedRegex(@"^(GNUmakefile|[Mm]akefile)$|\.mk$", RegexOptions.ExplicitCapture)]
    private static partial Regex MakeFile();

    [GeneratedRegex(@"^\.?justfile$|\.just$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex JustFile();

    [GeneratedRegex(@"^rakefile(\.rb)?$|\.rake$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex RakeFile();

    [GeneratedRegex(@"^conftest\.py$", RegexOptions.ExplicitCapture)]
    private static partial Regex Conftest();

    [GeneratedRegex(@"^pom\.xml$", RegexOptions.ExplicitCapture)]
    private static partial Regex PomFile();

    [GeneratedRegex(@"^build\.gradle(\.kts)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex GradleFile();

    [GeneratedRegex(@"^\s*(#|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Comment();

    // Where the diff does not show in which object a line is: what is no version, no address, and nothing that a package says of itself.
    [GeneratedRegex(@"^\s*""(?!(name|description|main|module|types|typings|type|author|license|homepage|bugs|url|repository|bin|packageManager)"")[^""]+""\s*:\s*""(?!(workspace|file|link|npm|git|github|https?|patch|portal)[:+]|(latest|next)"")[A-Za-z.]", RegexOptions.ExplicitCapture)]
    private static partial Regex LooksLikeScript();
#pragma warning restore MA0009

    [GeneratedRegex(@"^\s*\[(tox|testenv)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ToxSection();

    // Fixtures are no matter of what is run; hooks are.
    [GeneratedRegex(@"\bdef\s+pytest_\w+|\bcollect_ignore|\bpytest_plugins\b|\b_exit\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PytestHook();

    [GeneratedRegex(@"surefire|failsafe|skipTests|skipITs|maven\.test\.|testFailureIgnore|testSourceDirectory", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PomSetting();

    [GeneratedRegex(@"\b[tT]est\s*[{.(,)]|<Test>|[""']test[""']|\buseJUnit|\buseTestNG|\bignoreFailures\b|\bfailOnNoDiscoveredTests\b|\bincludeTags\b|\bexcludeTags\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex GradleSetting();

    [GeneratedRegex(@"^\s*""(?<name>[^""]+)""\s*:\s*[\[{]\s*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonObject();

    [GeneratedRegex(@"^\s*""(?<name>[^""]+)""\s*:\s*""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
