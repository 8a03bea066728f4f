using System.Text.RegularExpressions;

namespace Autopilot.Core.Missions;

/// <summary>Recognises from an output what kind of failure it is. It guides the next attempt and decides nothing.</summary>
public static partial class FailureDiagnosis
{
    /// <param name="output">What a failed verification said.</param>
    /// <param name="failingTests">The tests it names as failing.</param>
    public static Diagnosis Of(string output, IReadOnlyCollection<string> failingTests)
    {
        // The first line is the verifier's own: how the command ended.
        var end = output.Split('\n', 2)[0];
        if (end.Contains("it ran longer than", StringComparison.Ordinal)) return Diagnosis.Timeout;
        if (Signal().IsMatch(end)) return Diagnosis.Crash;
        // What does not compile has no test results, but a broken import shows as a failing test.
        if (Compile().IsMatch(output)) return Diagnosis.Compile;
        if (Lint().IsMatch(output)) return Diagnosis.Lint;
        return failingTests.Count > 0 || Test().IsMatch(output) ? Diagnosis.Test : Diagnosis.Unknown;
    }

    /// <summary>What to do about it, a sentence for the next attempt; empty where the output says all there is.</summary>
    public static string Advice(Diagnosis diagnosis) => diagnosis switch
    {
        Diagnosis.NothingDone => "Only changed files count: make the change in the current folder.",
        Diagnosis.Conflict => "Your folder now has what landed meanwhile: do the task again on top of it, keeping the others' work.",
        Diagnosis.Compile => "Build before you end; mend the first error first.",
        Diagnosis.Test => "Run the failing tests alone until they pass, then all of them.",
        Diagnosis.Lint => "Run the linter before you end, and mend the code, not its settings.",
        Diagnosis.Timeout => "Something waits or loops: look for it before anything else, and run no command that does not end.",
        Diagnosis.Crash => "Find out what ends the process: memory, a signal, native code.",
        Diagnosis.Quota => "The last attempt used up its limits: do the core of the task first, with few and short steps.",
        Diagnosis.Criterion => "Run the criterion's command yourself before you end.",
        Diagnosis.Dishonest => "Leave tests, verification, CI and linter settings as they are, and make the code right.",
        _ => "",
    };

    public static string NameOf(Diagnosis diagnosis) => diagnosis switch
    {
        Diagnosis.NothingDone => "nothing done",
        Diagnosis.Unknown => "failure",
        _ => diagnosis.ToString().ToLowerInvariant(),
    };

    [GeneratedRegex(@"signal \w+ ended it|exit code (134|137|139)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Signal();

    [GeneratedRegex(@"\berror (CS|FS|BC|TS)\d{4}\b|error\[E\d{4}\]|could not compile|\bSyntaxError\b|\bIndentationError\b|ModuleNotFoundError|\bImportError\b|cannot find symbol|COMPILATION ERROR|undefined reference to|\[build failed\]|: undefined: |fatal error: .*: No such file|Cannot find module|errors? while compiling", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Compile();

    [GeneratedRegex(@"(?m)^\S+\.pyi?:\d+:\d+: [A-Z]+\d+ |^\S+\.pyi?:\d+: error: |✖ \d+ problems?|\bclippy::|^Found \d+ errors? in \d+ file|warning: unused|would reformat|Formatting issues?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Lint();

    [GeneratedRegex(@"(?m)^FAILED |^--- FAIL|^FAIL\b|\b[1-9]\d* failed\b|^not ok |FAILURES!|AssertionError|Assert\.\w+\(\) Failure|test result: FAILED|Tests run:.*Failures: [1-9]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Test();
}
