using Autopilot.Rendering;

namespace Autopilot.Commands.Demo;

/// <summary>Shows what the program says, and explains each kind of event when it comes for the first time.</summary>
internal sealed class DemoNarrator(Terminal terminal)
{
    private const int Width = 92;

    // Of a line of a mission: the time, how much has landed, the cost, then the verb and its text.
    private const int VerbAt = 23;
    private const int VerbLength = 10;

    private static readonly (string Verb, string Sign, string Text)[] Lessons =
    [
        ("base", "", "Before any work: the starting tree itself passes its checks. What was red before is never blamed on an agent."),
        ("plan", "", "The planner has divided the objective. Each unit is now done in a workspace of its own, outside your checkout, by an agent of its own."),
        ("failed", "without any change", "That agent said that it was done, and there is no commit. Words are not evidence: the unit is tried again, and is told why."),
        ("failed", "silent", "That agent hung. After the allowed silence it was ended together with everything it had started, and its unit is tried again."),
        ("red", "", "The check failed on the merged tree, so nothing lands. The same tree is checked once more: a test that then passes is flaky, and nobody is blamed for it."),
        ("flaky", "", "It passed on exactly the same tree: a flake, not a defect. It is named in the report, and the unit may land."),
        ("landed", "", "Green has moved, in one step, to exactly the tree that was checked. It never points at anything that has not passed."),
        ("conflict", "", "Two units changed the same line. The first has landed; the second is not merged by force: it is redone on the new green, with both sides before it."),
        ("resumed", "", "Everything that had been decided is in the journal. It goes on from there: nothing is done twice, and no commit is lost."),
        ("met", "", "The auditor read the green tree. The objective is met only if it says so and every fact agrees."),
    ];

    // What went wrong is shown whole: its end says what to do.
    private static readonly string[] Troubles = ["fault", "stop"];

    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    public void Title(string text)
    {
        terminal.Note("");
        terminal.Note(terminal.PaintError(Colour.Bold, text));
    }

    public void Tell(string text)
    {
        foreach (var line in Wrapped(text)) terminal.Note("  " + line);
    }

    /// <summary>A line of the program, as it is, then what it means.</summary>
    public void Saw(string line)
    {
        lock (gate)
        {
            var shown = Troubles.Contains(VerbOf(line), StringComparer.Ordinal) || line.StartsWith("error:", StringComparison.Ordinal) ? line : Readable.Line(line, Width + 4);
            terminal.Note("  " + terminal.PaintError(Colour.Dim, "| ") + shown);
            foreach (var (verb, sign, text) in Lessons.Where(l => l.Verb == VerbOf(line) && line.Contains(l.Sign, StringComparison.Ordinal) && told.Add(l.Text)))
                foreach (var part in Wrapped(text)) terminal.Note("      " + terminal.PaintError(Colour.Green, part));
        }
    }

    /// <summary>The verb of a line of a mission; empty for other lines.</summary>
    public static string VerbOf(string line) => line.Length > VerbAt + VerbLength ? line.Substring(VerbAt, VerbLength).Trim() : "";

    private static IEnumerable<string> Wrapped(string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length + word.Length + 1 > Width - 6)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        yield return line;
    }
}
