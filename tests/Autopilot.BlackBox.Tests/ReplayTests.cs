using System.Globalization;

namespace Autopilot.BlackBox.Tests;

/// <summary><c>autopilot replay</c> on a real terminal, and without one.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly Program program = new(git: false);
    private bool hasTerminal;

    public ReplayTests()
    {
        var lines = new[]
        {
            """{"autopilot":"trajectory/1","at":"2026-11-21T08:00:00Z","agent":"command","prompt":"Fix the cart","version":"0.1.0"}""",
            Event(1, "\"type\":\"assistant\",\"text\":\"I look at the cart\""),
            Event(2, "\"type\":\"thinking\",\"text\":\"the sum is wrong\""),
            Event(3, "\"type\":\"tool_call\",\"tool\":\"Read\",\"id\":\"c1\",\"input\":{\"file_path\":\"cart.cs\"}"),
            Event(4, "\"type\":\"tool_result\",\"id\":\"c1\",\"success\":true,\"output\":\"class Cart\""),
            Event(5, "\"type\":\"assistant\",\"text\":\"Fixed \\u001b[2Jthe sum\""),
        };
        File.WriteAllLines(program["rec.jsonl"], lines);
    }

    public void Dispose()
    {
        if (hasTerminal) Tmux("kill-server");
        program.Dispose();
    }

    [SkippableFact]
    public void The_keys_go_through_the_steps()
    {
        Open("replay rec.jsonl");
        Sees("1 of 5", "I look at the cart", "n next, p previous, g go to, f filter, q quit");
        Press("n");
        Sees("2 of 5", "the sum is wrong");
        Press("Enter");
        Sees("3 of 5", "call Read");
        Press("p");
        Sees("2 of 5");
        Press("p", "p");
        Sees("1 of 5");
        Press("g");
        Sees("step:");
        Press("5", "Enter");
        // What could steer the terminal is shown as a mark.
        Sees("5 of 5", "[2Jthe sum");
        Press("g");
        Press("9", "9", "Enter");
        Sees("5 of 5");
        Until(() => Screen().Contains("There is no such step.", StringComparison.Ordinal), "no complaint");
        Press("f");
        Sees("1 thinking, 2 tool calls, 3 results, 4 assistant, 5 all");
        Press("4");
        Sees("2 of 2");
        Press("p");
        Sees("1 of 2", "I look at the cart");
        Press("f");
        Press("5");
        Sees("1 of 5");
        Press("x");
        Press("q");
        Sees("ended with 0");
    }

    [SkippableTheory]
    [InlineData("C-c")]
    [InlineData("C-d")]
    public void So_do_the_keys_that_end_other_programs(string key)
    {
        Open("replay rec.jsonl");
        Sees("1 of 5");
        Press(key);
        Sees("ended with");
        Assert.DoesNotContain("error:", Screen());
    }

    [Fact]
    public void Without_a_terminal_the_steps_are_listed()
    {
        foreach (var arguments in new[] { new[] { "replay", "rec.jsonl" }, ["replay", "rec.jsonl", "--list"], ["replay", "rec.jsonl", "--speed", "1000000"] })
        {
            var ended = program.Run(arguments);
            Assert.Equal((0, ""), (ended.Code, ended.Error));
            var lines = ended.Output.TrimEnd().Split('\n');
            Assert.Equal(5, lines.Length);
            Assert.StartsWith("    1  08:00:01  ", lines[0]);
            Assert.Contains("I look at the cart", lines[0]);
            Assert.DoesNotContain('\u001b', ended.Output);
        }

        Assert.Contains("Fix the cart", program.Run("replay", "rec.jsonl", "--summary").Output);
    }

    private static string Event(int number, string properties) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{number},\"at\":\"2026-11-21T08:00:{number:00}Z\",{properties}}}");

    private void Open(string arguments)
    {
        Skip.IfNot(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(f => File.Exists(Path.Combine(f, "tmux"))), "tmux is not installed");
        program.Variables["TERM"] = "xterm";
        program.Variables["LC_ALL"] = "C.UTF-8";
        hasTerminal = true;
        // A shell around it keeps the screen when the program has ended.
        var started = Tmux("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "60", $"'{Program.Executable}' {arguments}; echo \"ended with $?\"; cat");
        Assert.True(started.Code == 0, started.Error);
    }

    private void Press(params string[] keys) => Assert.Equal(0, Tmux(["send-keys", .. keys]).Code);

    /// <summary>Waits until the newest lines of the screen, those since the last mark, hold the words.</summary>
    private void Sees(params string[] words) => Until(() => Newest() is var seen && words.All(w => seen.Contains(w, StringComparison.Ordinal)), $"no '{string.Join("', '", words)}'");

    private void Until(Func<bool> condition, string otherwise)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition()) Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(1), $"{otherwise} on:\n{Screen()}");
    }

    private string Newest()
    {
        var lines = Screen().TrimEnd().Split('\n');
        return string.Join('\n', lines.Skip(Math.Max(0, Array.FindLastIndex(lines, l => l.StartsWith("---", StringComparison.Ordinal)))));
    }

    private string Screen() => Tmux("capture-pane", "-p").Output;

    private Ended Tmux(params string[] arguments) => Program.Wait(program.Launch("tmux", ["-S", program["tmux"], .. arguments]));
}
