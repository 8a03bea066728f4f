using System.Text.RegularExpressions;

namespace Autopilot.Core.Review;

/// <summary>
/// Finds changes that make checks pass instead of making the work right: tests deleted, moved away, skipped or emptied, verification, CI or linter
/// settings changed, errors swallowed. It judges the diff alone; whether the task asked for it is the caller's to know.
/// </summary>
public static partial class HonestWork
{
    /// <param name="diff">A unified diff with <c>a/</c> and <c>b/</c> prefixes, as git makes it.</param>
    /// <param name="verification">The verification commands: a file that one of them names is part of the checks.</param>
    /// <param name="task">In words: a file that the commands go through may be changed where the task names it.</param>
    /// <returns>What was found, a sentence each; empty for honest work.</returns>
    public static IReadOnlyList<string> Offences(string diff, IReadOnlyList<string> verification, string task = "")
    {
        var offences = new List<string>();
        foreach (var file in ChangedFile.Parse(diff))
        {
            if (IsCheck(file.Path, verification) || IsCheck(file.From, verification)) offences.Add($"{file.Path}: changes the verification, CI or linter settings.");
            else if (SharedSettings.Changed(file) is { } setting) offences.Add($"{file.Path}: changes the settings of tests or linters: {setting}");
            else if (!task.Contains(CheckFiles.Name(file.Path), StringComparison.Ordinal) && CheckFiles.Changed(file, verification) is { } line)
                offences.Add($"{file.Path}: changes what the verification runs, which the task does not name: {line}");
            else if (IsMovedAway(file)) offences.Add($"{file.From}: moves tests to where they are not found as such: {file.Path}");
            else if (IsTest(file.Path)) offences.AddRange(InTest(file));
            else offences.AddRange(InCode(file));
        }

        return offences;
    }

    public static bool IsTest(string path) => TestPath().IsMatch(path);

    private static IEnumerable<string> InTest(ChangedFile file)
    {
        if (file.IsDeleted)
        {
            yield return $"{file.Path}: deletes tests.";
            yield break;
        }

        if (Skipped(file, SkipMarks.In) is { } skip) yield return $"{file.Path}: skips a test: {skip}";
        if (file.Added.FirstOrDefault(l => Hollow().IsMatch(l)) is { } hollow) yield return $"{file.Path}: asserts nothing: {hollow.Trim()}";
        var (removed, added) = (file.Removed.Count(l => Assertion().IsMatch(l)), file.Added.Count(l => Assertion().IsMatch(l)));
        if (removed > added) yield return $"{file.Path}: removes {removed - added} more assertions than it adds.";
    }

    private static IEnumerable<string> InCode(ChangedFile file)
    {
        // Rust has its unit tests beside the code.
        if (file.Path.EndsWith(".rs", StringComparison.Ordinal) && Skipped(file, l => l.Contains("#[ignore", StringComparison.Ordinal)) is { } skip) yield return $"{file.Path}: skips a test: {skip}";
        var added = string.Join('\n', file.Added);
        if (Swallowed().Match(added) is { Success: true } match) yield return $"{file.Path}: swallows errors: {match.Value.ReplaceLineEndings(" ").Trim()}";
    }

    private static string? Skipped(ChangedFile file, Func<string, bool> marks) =>
        file.Lines.FirstOrDefault(l => l.StartsWith('+') && marks(l[1..]) && file.IsRealChange(l))?[1..].Trim();

    /// <summary>By its folder or its name a runner would have taken it for a test, and no longer does.</summary>
    private static bool IsMovedAway(ChangedFile file) =>
        file.From != file.Path && (IsTest(file.From) && !IsTest(file.Path) || TestName().IsMatch(file.From) && !TestName().IsMatch(file.Path));

    private static bool IsCheck(string path, IReadOnlyList<string> verification) =>
        CheckPath().IsMatch(path)
        || verification.Any(v => v.Split([' ', '\t', ';', '&', '|', '"', '\''], StringSplitOptions.RemoveEmptyEntries).Any(w => Named(w) == path));

    private static string Named(string word) => word.StartsWith("./", StringComparison.Ordinal) ? word[2..] : word;

#pragma warning disable MA0009 // An engine without backtracking takes milliseconds to set up, and what repeats in these four is bounded, or can match a text in one way only.
    [GeneratedRegex(@"(^|/)(tests?|specs?|__tests__|testdata)/|(^|/)(test_[^/]*|conftest)\.py$|_test\.(py|go|rb|exs?|cc|cpp|dart)$|\.(test|spec)\.[cm]?[jt]sx?$|Tests?\.(cs|java|kt|swift|fs|php|scala|groovy)$|_spec\.rb$|\.bats$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex TestPath();

    [GeneratedRegex(@"(^|/)(test_[^/]*|conftest)\.py$|_test\.(py|go|rb|exs?|cc|cpp|dart)$|\.(test|spec)\.[cm]?[jt]sx?$|Tests?\.(cs|java|kt|swift|fs|php|scala|groovy)$|_spec\.rb$|\.bats$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex TestName();

    [GeneratedRegex(@"^(\.github/|\.gitlab-ci|\.circleci/|\.ci/|azure-pipelines|Jenkinsfile|\.travis)|(^|/)(\.eslintrc[^/]*|eslint\.config\.[^/]*|\.pylintrc|\.flake8|ruff\.toml|mypy\.ini|pytest\.ini|tox\.ini|\.golangci\.[^/]*|clippy\.toml|\.rubocop\.yml|jest\.config\.[^/]*|vitest\.config\.[^/]*|\.editorconfig|\.pre-commit-config\.yaml|autopilot\.yaml)$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex CheckPath();

    [GeneratedRegex(@"except[^\n:]{0,80}:\s{0,40}pass\b|catch\s{0,3}(\([^)\n]{0,80}\))?\s{0,40}\{\s{0,40}\}|\brescue\b[^\n]{0,40}\n\s{0,40}nil\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Swallowed();
#pragma warning restore MA0009

    [GeneratedRegex(@"\bassert\s+True\s*$|\bassert!\(true\)|Assert\.(True\(true|Pass\()|expect\(true\)\.to(Be|Equal)\(true\)|assertTrue\(True\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Hollow();

    [GeneratedRegex(@"\bassert|\bAssert\.|\bexpect\(|\.should\b|\bt\.(Error|Fatal)|\brequire\.", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Assertion();
}
