using BuiltProgram = Autopilot.BlackBox.Tests.Program;

namespace Autopilot.RealAgents.Tests.Workflows;

/// <summary>Pulls it: the whole program is killed with SIGKILL.</summary>
internal static class Plug
{
    private const int Kill = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs the program until an agent is in the middle of such a turn, and kills it there.</summary>
    public static async Task PullIn(string turn, WorkflowModel model, BuiltProgram program, params string[] arguments)
    {
        var reached = model.Hold(turn);
        using var running = program.Start(arguments);
        var (said, noted) = (running.StandardOutput.ReadToEndAsync(), running.StandardError.ReadToEndAsync());
        await Task.WhenAny(reached, running.WaitForExitAsync()).WaitAsync(Patience);
        Assert.True(reached.IsCompleted, $"It ended before {turn}: {(running.HasExited ? await said + await noted : "")}");
        BuiltProgram.Signal(running, Kill);
        await running.WaitForExitAsync();
        Assert.Equal(128 + Kill, running.ExitCode);
    }

    /// <summary>Runs the program until it says this on stderr, and kills it at once.</summary>
    public static void PullBehind(string words, BuiltProgram program, params string[] arguments)
    {
        using var running = program.Start(arguments);
        BuiltProgram.Await(running, words);
        BuiltProgram.Signal(running, Kill);
        Assert.Equal(128 + Kill, BuiltProgram.Wait(running).Code);
    }
}
