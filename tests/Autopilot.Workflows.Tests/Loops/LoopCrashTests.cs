namespace Autopilot.Workflows.Tests.Loops;

/// <summary>Pulls the plug at every write of a loop with an inconclusive cycle, a gap and a follow-up, before and after it, and resumes.</summary>
public class LoopCrashTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_loop_that_crashed_at_any_write_ends_as_if_it_had_not(bool afterWrite)
    {
        var (undisturbed, writes) = await Drive(int.MaxValue, afterWrite);
        Assert.Contains("needs_followup", undisturbed.Result, StringComparison.Ordinal);
        Assert.True(writes > 25, $"only {writes} writes");
        // A crash after a write is nearly always one before the next: a part of them will do.
        for (var write = 1; write <= writes; write += afterWrite ? 3 : 1)
        {
            var (crashed, _) = await Drive(write, afterWrite);
            Assert.Equal(undisturbed.Result, crashed.Result);
            Assert.Equal(undisturbed.Points, crashed.Points);
            Assert.Equal(undisturbed.State, crashed.State);
            // A turn that had ended when the plug was pulled is adopted, although the journal had not heard of it.
            Assert.Equal(undisturbed.Turns, crashed.Turns);
        }
    }

    [Fact]
    public async Task Phases_beside_each_other_end_the_same_wherever_it_crashed()
    {
        var (undisturbed, writes) = await Drive(int.MaxValue, afterWrite: false, Beside);
        Assert.Contains("after wave", undisturbed.Result, StringComparison.Ordinal);
        for (var write = 1; write <= writes; write += 2)
        {
            var (crashed, _) = await Drive(write, afterWrite: false, Beside);
            Assert.Equal(undisturbed.Result, crashed.Result);
            Assert.Equal(undisturbed.State, crashed.State);
            Assert.Equal(undisturbed.Turns, crashed.Turns);
        }
    }

    private static void Beside(LoopWorld world)
    {
        world.Request = world.Request with { Pairs = ["plan", "implement"], Parallel = 2 };
        world.Says = (turn, workspace) =>
        {
            if (!turn.StartsWith("plan/", StringComparison.Ordinal) || turn.Contains("verify", StringComparison.Ordinal)) return null;
            LoopWorld.Leave(workspace, "plan/phase_plan.yaml", LoopWorld.Independent);
            return "Planned.";
        };
    }

    private static async Task<(End End, int Writes)> Drive(int crashAt, bool afterWrite, Action<LoopWorld>? prepare = null)
    {
        using var world = new LoopWorld
        {
            Says = (turn, _) => turn switch
            {
                "implement/implicit-phase/1.1/verify" => LoopWorld.ReportOf(turn, "incomplete", met: false),
                "audit/1.1/produce" => LoopWorld.Gaps,
                _ => null,
            },
        };
        world.Request = world.Request with { Pairs = ["implement", "audit"] };
        prepare?.Invoke(world);
        var plug = new Plug(crashAt, afterWrite);
        await world.Run(plug);
        var state = string.Join('\n', Directory.EnumerateFiles(world.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{Path.GetRelativePath(world.Folder, f)}"));
        return (new End(string.Join('\n', world.Result!.Rounds.Select(r => r.ToString())) + world.Result.Point, string.Join('\n', world.Space.Points.Keys.Order(StringComparer.Ordinal)), state, world.Turns.Count), plug.Writes);
    }

    private sealed record End(string Result, string Points, string State, int Turns);
}
