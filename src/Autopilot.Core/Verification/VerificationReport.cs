namespace Autopilot.Core.Verification;

/// <summary>What a verification of one tree showed.</summary>
/// <param name="Nodes">Those that were run, in order.</param>
public sealed record VerificationReport(IReadOnlyList<NodeResult> Nodes)
{
    /// <summary>Every required node exited with 0. Nothing else counts.</summary>
    public bool Passed => Nodes.Where(n => n.Required).All(n => n.Passed) && Nodes.Any(n => n.Required);

    /// <summary>The weight of the nodes that passed; compares candidates that all pass.</summary>
    public double Score => Nodes.Where(n => n.Passed).Sum(n => n.Weight);

    public TestCounts? Counts => Nodes.Select(n => n.Counts).OfType<TestCounts>().Aggregate((TestCounts?)null, (sum, c) => sum is null ? c : sum + c);

    public IReadOnlyList<string> FailingTests => Counts?.Failing ?? [];

    public TimeSpan Duration => Nodes.Aggregate(TimeSpan.Zero, (sum, n) => sum + n.Duration);

    /// <summary>What failed, for a worker that is to mend it and for a person.</summary>
    public string Detail
    {
        get
        {
            if (Passed) return Counts is { } counts ? $"passed ({counts.Passed} tests passed, {counts.Skipped} skipped)" : "passed";
            var failed = Nodes.Where(n => n.Required && !n.Passed);
            return string.Join("\n", failed.Select(n => $"{n.Name}: {n.End ?? $"exit code {n.ExitCode}"}\n{Plain(n.Tail)}")) is { Length: > 0 } text ? text : "no required command was run";
        }
    }

    // Colours say nothing to a worker, and spoil a report.
    private static string Plain(string text) => Output.TerminalEscapes.Remove(text).ToString();
}
