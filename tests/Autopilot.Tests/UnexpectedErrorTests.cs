using Autopilot.Commands;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Rendering;
using Autopilot.Testing;

namespace Autopilot.Tests;

/// <summary>What nobody foresaw is told in a few calm words; its details go to a file, without secrets.</summary>
public sealed class UnexpectedErrorTests : IDisposable
{
    private const string Form = "sk-ant-api03-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4";
    private const string Known = "correct-horse-battery-staple";
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter error = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_message_is_short_and_the_details_are_in_a_file()
    {
        Assert.Equal(ExitCodes.Failed, await Run(folder["state"], "config", "schema"));
        var file = Assert.Single(Directory.GetFiles(folder["state/errors"]));
        Assert.Contains($"the details are in {file}", error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Try again", error.ToString());
        Assert.DoesNotContain("   at ", error.ToString());
        var details = File.ReadAllText(file);
        foreach (var part in new[] { "error: System.InvalidOperationException: it broke with", "caused by: System.FormatException: inner", "   at ", ProductVersion.Text, "autopilot config schema" })
            Assert.Contains(part, details);
    }

    [Fact]
    public async Task No_secret_is_in_either()
    {
        Directory.CreateDirectory(folder[Form]);
        await Run(folder["state"], "config", "show", "--cwd", folder[Form]);
        await Run(folder["state"], "config", "schema");
        var details = string.Concat(Directory.GetFiles(folder["state/errors"]).Select(File.ReadAllText));
        foreach (var secret in new[] { Form, Known }) Assert.DoesNotContain(secret, details + error, StringComparison.Ordinal);
        Assert.Contains("[REDACTED]", details);
        Assert.Contains("[REDACTED]", error.ToString());
    }

    [Fact]
    public async Task Where_no_file_can_be_written_the_details_follow_the_message()
    {
        folder.Write("file", "");
        Assert.Equal(ExitCodes.Failed, await Run(folder["file"], "config", "schema"));
        Assert.Contains("could not be written to a file", error.ToString());
        Assert.Contains("   at ", error.ToString());
        Assert.DoesNotContain(Known, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_word_of_the_command_is_cut_only_after_it_was_redacted()
    {
        var prompt = new string('x', 290) + " " + Form;
        using var terminal = new Terminal(TextWriter.Null, error, false, false, false);
        UnexpectedError.Report(new InvalidOperationException("it broke"), ["run", prompt], Application(terminal, folder["state"]));
        var details = File.ReadAllText(Assert.Single(Directory.GetFiles(folder["state/errors"])));
        Assert.DoesNotContain("sk-ant", details, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 290) + " [REDACTED]", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_a_thread_ends_the_program_with_its_details_in_a_file()
    {
        var codes = new List<int>();
        using var terminal = new Terminal(TextWriter.Null, error, false, false, false);
        using var background = new BackgroundErrors(["mission", "show"], Application(terminal, folder["state"]), codes.Add);
        background.OnUnhandled(this, new UnhandledExceptionEventArgs(new InvalidOperationException($"a thread broke with {Known}"), isTerminating: true));
        Assert.Equal([ExitCodes.Failed], codes);
        var details = File.ReadAllText(Assert.Single(Directory.GetFiles(folder["state/errors"])));
        Assert.Contains("a thread broke with [REDACTED]", details);
        Assert.Contains("autopilot mission show", details);
    }

    [Fact]
    public void An_error_of_a_task_that_nobody_waits_for_is_told_and_the_program_goes_on()
    {
        var codes = new List<int>();
        using var terminal = new Terminal(TextWriter.Null, TextWriter.Synchronized(error), false, false, false);
        using (new BackgroundErrors(["mission", "show"], Application(terminal, folder["state"]), codes.Add))
        {
            Lose(new InvalidOperationException("a lost task broke"));
            // The collector finds what nobody waits for; it may take another look.
            SpinWait.SpinUntil(() => { GC.Collect(); GC.WaitForPendingFinalizers(); return Errors().Any(f => File.ReadAllText(f).Contains("a lost task broke", StringComparison.Ordinal)); }, TimeSpan.FromSeconds(30));
        }

        Assert.Contains(Errors(), f => File.ReadAllText(f).Contains("a lost task broke", StringComparison.Ordinal));
        Assert.Empty(codes);
    }

    private string[] Errors() => Directory.Exists(folder["state/errors"]) ? Directory.GetFiles(folder["state/errors"], "*.txt") : [];

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Lose(Exception error) => _ = Task.FromException(error);

    private async Task<int> Run(string home, params string[] args)
    {
        using var terminal = new Terminal(new BrokenWriter(), error, false, false, false);
        return await CommandLine.Run(args, Application(terminal, home));
    }

    private Application Application(Terminal terminal, string home) => new(terminal, new ManualClock(), folder.Path, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HOME"] = folder["home"],
        ["AUTOPILOT_HOME"] = home,
        ["DEPLOY_PASSWORD"] = Known,
    });

    /// <summary>An output that fails in a way for which no command is prepared, and says too much.</summary>
    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new InvalidOperationException($"it broke with {Form} and {Known}", new FormatException("inner"));

        public override void Write(string? value) => WriteLine(value);

        public override void Write(char value) => WriteLine((string?)null);
    }
}
