using System.Text.RegularExpressions;

namespace Autopilot.Core.Review;

/// <summary>How the common test frameworks are told not to run a test, to run only others, or not to mind that it fails.</summary>
internal static class SkipMarks
{
    private static readonly Regex Marks = new(
        "(" + string.Join(")|(",
        // pytest, unittest
        @"@(pytest\.mark\.)?(skip|xfail|skipif|skipIf|skipUnless)\b|\bpytest\.mark\.(skip|skipif|xfail)\b|\bpytest\.(skip|xfail|importorskip)\(|@unittest\.(skip|expectedFailure)|@expectedFailure\b|\.skipTest\(|\bSkipTest\b|\b__test__\s*=\s*False|\bcollect_ignore\b",
        // Jest, Vitest, Mocha, Jasmine, Playwright
        @"\b(it|test|describe|context|suite)\.(concurrent\.)?(skip|todo|only|failing|fails|fixme|skipIf)\b|(^|[^.\w])[xf](it|test|describe|context)\s*\(\s*[""'`]|\bthis\.skip\(\)",
        // Go
        @"\b[tbf]\.Skip(Now|f)?\(|^//\s*(go:build|\+build)\s+ignore",
        // Rust
        @"#\[ignore|#\[cfg_attr\([^\]]*ignore",
        // JUnit, TestNG
        @"@(Disabled|Ignore)(\b|[A-Z])|\bassumeTrue\(false\)|\bassumeFalse\(true\)|\bAssumptions\.abort\(|\benabled\s*=\s*false",
        // xUnit, NUnit, MSTest
        @"\bSkip\s*=\s*""|\[Ignore\b|\[Explicit\b|\bAssert\.(Ignore|Inconclusive|Skip\w*)\(|(^|[^.\w])Skip\.(If|IfNot)\(",
        // RSpec, Minitest, PHPUnit, XCTest, ExUnit, GoogleTest, bats
        @"^\s*x(it|describe|context|specify|example)\s+[""']|^\s*pending(\s+[""']|\s*$)|^\s*skip(\s+[""']|\s*$)|,\s*(skip|pending):\s*(true|[""'])|\bmarkTest(Skipped|Incomplete)\(|\bXCTSkip\b|@(module)?tag\s+:?skip\b|\bGTEST_SKIP\b|\bDISABLED_\w") + ")",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    public static bool In(string line) => Marks.IsMatch(line);
}
