using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Autopilot.Core.Redaction;
using Autopilot.Engine.Recording;

namespace Autopilot.Rendering;

/// <summary>Where a command speaks: results to stdout, everything else to stderr, colours only where a person sees them, secrets nowhere.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal, bool colours) : IDisposable
{
    /// <summary>For results: what a script would read.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>For everything else: progress, notes, warnings, errors.</summary>
    public TextWriter Error { get; } = error;

    public bool OutputIsTerminal { get; } = outputIsTerminal;

    public bool ErrorIsTerminal { get; } = errorIsTerminal;

    /// <summary>
    /// The funnel for all that is said, asked for with the first word: its rules take milliseconds to set up. Null while there is none: what is answered
    /// before any command is chosen repeats nothing that it was given.
    /// </summary>
    public Func<SecretRedactor>? Redactor { private get; set; }

    /// <summary>The terminal of this process. Colours obey NO_COLOR and TERM=dumb.</summary>
    public static Terminal OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var output = new StreamWriter(Console.OpenStandardOutput(), utf8, 16 * 1024) { AutoFlush = !Console.IsOutputRedirected };
        var error = new StreamWriter(Console.OpenStandardError(), utf8, 1024) { AutoFlush = true };
        var plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) || Environment.GetEnvironmentVariable("TERM") is null or "dumb" or "";
        return new Terminal(TextWriter.Synchronized(output), TextWriter.Synchronized(error), !Console.IsOutputRedirected, !Console.IsErrorRedirected, !plain);
    }

    /// <summary>One line of the result.</summary>
    public void Result(string line) => Output.WriteLine(Safe(line));

    /// <summary>The result as one JSON document on one line.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type) => Output.WriteLine(Safe(JsonSerializer.Serialize(value, type), isJson: true));

    /// <summary>One line for the person who watches.</summary>
    public void Note(string line) => Error.WriteLine(Safe(line));

    public void Warn(string message) => Error.WriteLine($"{PaintError(Colour.Yellow, "warning:")} {Safe(message)}");

    /// <summary>What went wrong, where, and what to do next.</summary>
    public void Fail(string message) => Error.WriteLine($"{PaintError(Colour.Red, "error:")} {Safe(message)}");

    /// <summary>Asks the person at the terminal; without one, no is the answer.</summary>
    public bool Ask(string question)
    {
        if (!ErrorIsTerminal || Console.IsInputRedirected) return false;
        Error.Write($"{Safe(question)} [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    /// <summary>The text in a colour where stdout shows colours, else as it is.</summary>
    public string Paint(Colour colour, string text) => Paint(colour, text, OutputIsTerminal);

    /// <summary>The text in a colour where stderr shows colours, else as it is.</summary>
    public string PaintError(Colour colour, string text) => Paint(colour, text, ErrorIsTerminal);

    public void Dispose()
    {
        Output.Flush();
        Error.Flush();
    }

    private string Safe(string text, bool isJson = false) =>
        Redactor is null || text.Length < LiteralForms.Shortest ? text : isJson ? Redactor().RedactJson(text) : Redactor().Redact(text);

    private string Paint(Colour colour, string text, bool seen) => seen && colours ? $"\e[{(int)colour}m{text}\e[0m" : text;
}
