using System.Text.RegularExpressions;

namespace Autopilot.Core.Review;

/// <summary>
/// Finds changes of test and linter settings in files that hold other things, too: only those lines are part of the checks. A diff shows
/// little around a change, so a line is known by its section where the hunk shows that, and by its key otherwise.
/// </summary>
public static partial class SharedSettings
{
    /// <returns>The first changed line that is a setting of the checks; null when there is none, or the file is of no known kind.</returns>
    public static string? Changed(ChangedFile file)
    {
        var found = Name(file.Path) switch
        {
            "pyproject.toml" or "setup.cfg" => InSections(file, PythonSection(), PythonKey()),
            "Cargo.toml" => InSections(file, RustSection(), RustKey()),
            "package.json" => InPackage(file),
            var name when MsBuildFile().IsMatch(name) => InMsBuild(file),
            _ => null,
        };
        return found?[1..].Trim();
    }

    private static string? InSections(ChangedFile file, Regex checks, Regex keys)
    {
        string? section = null;
        foreach (var line in file.Lines)
        {
            if (ChangedFile.BeginsHunk(line)) section = null;
            else if (line.Length > 0 && Section().Match(line[1..]) is { Success: true } header) section = header.Groups["name"].Value;
            if (!file.IsRealChange(line) || IsBlank(line)) continue;
            if (section is null ? keys.IsMatch(line[1..]) : checks.IsMatch(section) || Everywhere().IsMatch(line[1..])) return line;
        }

        return null;
    }

    private static string? InPackage(ChangedFile file)
    {
        int? inside = null;
        foreach (var line in file.Lines)
        {
            if (ChangedFile.BeginsHunk(line)) inside = null;
            if (line.Length < 2 || ChangedFile.BeginsHunk(line)) continue;
            var indent = line.Length - 1 - line[1..].TrimStart().Length;
            if (inside is { } depth && indent <= depth) inside = null;
            if (PackageObject().IsMatch(line[1..])) inside ??= indent;
            if (!file.IsRealChange(line) || IsBlank(line)) continue;
            // A script that was not there before weakens nothing.
            if (inside is not null || PackageKey().IsMatch(line[1..]) || line[0] == '-' && PackageScript().IsMatch(line[1..])) return line;
        }

        return null;
    }

    private static string? InMsBuild(ChangedFile file) =>
        file.Lines.FirstOrDefault(l => file.IsRealChange(l) && MsBuildSetting().IsMatch(l[1..]) && !(l[0] == '+' && Stricter().IsMatch(l[1..])));

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static bool IsBlank(string line) => line[1..].Trim() is "" or "{" or "}" or "}," or "]" or "],";

    [GeneratedRegex(@"^\s*\[+\s*(?<name>[^\]=,]+?)\s*\]+\s*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Section();

    [GeneratedRegex(@"^(tool\.(ruff|mypy|pytest|pylint|flake8|coverage|pyright|basedpyright|bandit|black|isort|tox|pydocstyle)\b|flake8|tool:pytest|mypy|pylint|pycodestyle|coverage:|isort|pydocstyle)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PythonSection();

    [GeneratedRegex(@"^\s*(addopts|testpaths|python_(files|classes|functions)|norecursedirs|filterwarnings|fail_under|(extend-)?(select|ignore)|per-file-ignores|max-(line-length|complexity)|disable(_error_code)?|ignore_(errors|missing_imports)|disallow_\w+|warn_\w+|check_untyped_defs|typeCheckingMode)\s*=", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PythonKey();

    [GeneratedRegex(@"^(workspace\.)?lints\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex RustSection();

    [GeneratedRegex(@"^\s*(auto)?tests?\s*=\s*false|=\s*""allow""|level\s*=\s*""allow""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex RustKey();

    [GeneratedRegex(@"^\s*(auto)?tests?\s*=\s*false", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Everywhere();

    [GeneratedRegex(@"^\s*""(jest|vitest|mocha|ava|tap|nyc|c8|eslintConfig|eslintIgnore|stylelint|xo|standard|lint-staged)""\s*:\s*[\[{]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PackageObject();

    [GeneratedRegex(@"^\s*""(testMatch|testRegex|testPathIgnorePatterns|coverageThreshold|coveragePathIgnorePatterns|passWithNoTests)""\s*:", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PackageKey();

    // A value that begins like a version is a dependency of that name.
    [GeneratedRegex(@"^\s*""(pre|post)?(test|lint|typecheck|type-check|check|verify|ci)(:[^""]*)?""\s*:\s*""[^""\d^~><=*]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PackageScript();

#pragma warning disable MA0009 // Nothing repeats in it.
    [GeneratedRegex(@"\.(cs|fs|vb)proj$|\.(props|targets)$", RegexOptions.ExplicitCapture)]
    private static partial Regex MsBuildFile();
#pragma warning restore MA0009

    [GeneratedRegex(@"<(NoWarn|TreatWarningsAsErrors|MSBuildTreatWarningsAsErrors|CodeAnalysisTreatWarningsAsErrors|WarningsAsErrors|WarningsNotAsErrors|MSBuildWarningsAsMessages|WarningLevel|AnalysisLevel|AnalysisMode\w*|EnableNETAnalyzers|RunAnalyzers\w*|EnforceCodeStyleInBuild|CodeAnalysisRuleSet|IsTestProject)\b|<Compile\s+Remove=""[^""]*[Tt]est|<Nullable>\s*disable", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex MsBuildSetting();

    [GeneratedRegex(@"<(\w*TreatWarningsAsErrors|EnableNETAnalyzers|RunAnalyzers\w*|EnforceCodeStyleInBuild|IsTestProject)>\s*true\s*<", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Stricter();
}
