using Autopilot.Rendering;

namespace Autopilot.Commands.Init;

/// <summary>Shows what <c>init</c> saw, step by step for people, at the end for machines.</summary>
internal sealed class InitView(Terminal terminal, bool json)
{
    public void Saw(InitReport report, bool isImport)
    {
        if (json) return;
        terminal.Result($"repository  {report.Repository} ({report.Files} files)");
        if (report.Languages.Count > 0) terminal.Result($"languages   {string.Join(", ", report.Languages.Take(6))}");
        if (report.ContinuousIntegration.Count > 0) terminal.Result($"CI          {string.Join(", ", report.ContinuousIntegration.Take(6))}");
        foreach (var evidence in report.Evidence) terminal.Result($"{(isImport ? "imported" : "verify"),-11} {Readable.Plain(evidence)}");
        if (report.Evidence.Count == 0 && !isImport) terminal.Warn("No test command was recognised.");
        foreach (var key in report.Unmapped) terminal.Warn($"not imported, for nothing here corresponds to it: {key}");
    }

    /// <summary>What the trial showed, and the whole of the file that would be written.</summary>
    public void Tried(InitReport report)
    {
        if (json) return;
        if (report.Trial is { } trial) Show(trial);
        terminal.Result($"\n{report.File}:\n\n{report.Text}");
    }

    private void Show(TrialReport trial)
    {
        var tests = trial.TestsPassed is null ? "its output names no tests" : $"{trial.TestsPassed} passed, {trial.TestsFailed} failed, {trial.TestsSkipped} skipped";
        terminal.Result($"{terminal.Paint(trial.Passed ? Colour.Green : Colour.Red, trial.Passed ? "green     " : "red       ")}  in {trial.Seconds:F1} s; {tests}");
        if (!trial.Passed) terminal.Note(Readable.Plain(trial.Detail));
    }

    public void Did(InitReport report)
    {
        if (json)
        {
            terminal.Json(report, InitJson.Default.InitReport);
            return;
        }

        if (!report.Written) terminal.Note("Nothing was written.");
        else terminal.Result($"wrote       {report.File}");
        if (report.Trial is { Passed: false, ProgramMissing: true }) terminal.Note("A program of the verification was not found on this machine: install it, or put it on PATH, or choose another command, before a mission.");
        else if (report.Trial is { Passed: false }) terminal.Note("The verification is red before Autopilot has changed anything: mend it, or choose another command, before a mission.");
    }

    /// <summary>Asks; without a terminal, no is the answer.</summary>
    public bool Ask(string question) => !json && terminal.Ask(question);
}
