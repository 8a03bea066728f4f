namespace Autopilot.BlackBox.Tests;

/// <summary>Agents that do not listen to signals, and people who do not want to wait.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    // What a shell ignores its children ignore as well.
    private const string Deaf = "trap '' INT TERM\ncat > prompt.txt\necho one > one.txt\nif [ -f allow ]; then echo two > two.txt; exit 0; fi\necho 'half way'\nwhile :; do sleep 600; done\n";

    private readonly Program program = new();

    public InterruptionTests() => program.Script("agent.sh", Deaf);

    public void Dispose() => program.Dispose();

    [Fact]
    public void A_second_interrupt_ends_at_once_and_the_session_resumes()
    {
        using (var running = Start())
        {
            Program.Signal(running, Interrupt);
            Program.Await(running, "Ctrl-C again");
            Program.Signal(running, Interrupt);
            Assert.Equal(130, Program.Wait(running).Code);
        }

        // It did not wait for the agent: nothing has closed the recording, whose lines are whole.
        var recording = Assert.Single(program.Recordings());
        Assert.DoesNotContain("\"type\":\"end\"", File.ReadAllText(recording));
        Assert.EndsWith("}\n", File.ReadAllText(recording));
        Assert.Contains("interrupted", program.Run("session", "list").Output);
        Resume(recording);
    }

    [Theory]
    [InlineData(Interrupt, 130, "interrupted (SIGINT)")]
    [InlineData(Terminate, 143, "terminated (SIGTERM)")]
    public void An_agent_that_ignores_the_signal_is_killed_and_the_session_resumes(int signal, int code, string reason)
    {
        using (var running = Start())
        {
            Program.Signal(running, signal);
            Assert.Equal(code, Program.Wait(running).Code);
        }

        var recording = Assert.Single(program.Recordings());
        Assert.Contains(reason, File.ReadLines(recording).Last());
        Resume(recording);
    }

    private System.Diagnostics.Process Start()
    {
        var running = program.Start("run", "--agent", "command", "--command", "./agent.sh", "Two steps");
        Program.Await(running, "half way");
        return running;
    }

    private void Resume(string recording)
    {
        Assert.Equal(0, program.Run("analyze", recording, "--json").Code);
        var before = File.ReadAllText(recording);
        File.WriteAllText(program["allow"], "");
        var resumed = program.Run("resume", "--continue", "--command", "./agent.sh");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.True(File.Exists(program["two.txt"]));
        Assert.StartsWith(before, File.ReadAllText(recording));
        Assert.Contains("\"type\":\"end\"", File.ReadLines(recording).Last());
    }
}
