using Autopilot.Core.Agents;
using Autopilot.Core.Trajectories;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Rendering.Sessions;

/// <summary>Shows a session as it goes, one line for each thing done, with time and cost: nothing moves, nothing blinks.</summary>
internal sealed class LiveView(Terminal terminal, IRecordRedactor redactor, TimeProvider clock, bool verbose) : ITaskObserver
{
    // Enough to judge and to redact; a line shows less, and the recording has all of it.
    private const int Considered = 4096;
    private const int PlainWidth = 240;

    private readonly Lock gate = new();
    private readonly int width = terminal.ErrorIsTerminal ? Math.Max(40, TerminalWidth()) : PlainWidth;
    private long began = clock.GetTimestamp();
    private decimal? cost;

    /// <summary>Where the session is recorded; null before it began.</summary>
    public string? Recording { get; private set; }

    /// <summary>Who works, or worked last; null before it began.</summary>
    public string? Agent { get; private set; }

    /// <summary>How it ended; null while it has not.</summary>
    public AgentOutcome? Outcome { get; private set; }

    public void Began(string agent, string folder, string recording, string? note)
    {
        lock (gate)
        {
            (Agent, Recording, began) = (agent, recording, clock.GetTimestamp());
            terminal.Note($"{terminal.PaintError(Colour.Bold, agent)} works in {folder}");
            if (note is not null) terminal.Note(note);
        }
    }

    public void Saw(AgentEvent value)
    {
        lock (gate)
        {
            if (value is UsageReported { CostUsd: { } usd }) cost = (cost ?? 0) + usd;
            if (Activity.Of(value) is { } activity) Line(activity);
            if (verbose && Activity.FullText(value) is { } text) Block(text);
        }
    }

    public void Ended(AgentOutcome outcome) => Outcome = outcome;

    private void Line(Activity activity)
    {
        if (activity.Verb is "says" or "stderr" && string.IsNullOrWhiteSpace(activity.Detail)) return;
        var stamp = $"{Readable.Time(clock.GetElapsedTime(began)),7} {(cost is null ? "" : Readable.Cost(cost)),8}  ";
        var detail = Readable.Line(redactor.Redact(TextCut.Characters(activity.Detail, Considered)), Math.Max(20, width - stamp.Length - 12));
        terminal.Note($"{terminal.PaintError(Colour.Dim, stamp)}{terminal.PaintError(activity.Colour, $"{activity.Verb,-9}")} {detail}".TrimEnd());
    }

    private void Block(string text)
    {
        foreach (var line in Readable.Plain(redactor.Redact(text)).Split('\n')) terminal.Note("    " + line);
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return PlainWidth; // a terminal without a size
        }
    }
}
