using Autopilot.Core.Runs;

namespace Autopilot.Workflows.Tests.Loops;

/// <summary>Independent phases at once, in a real repository.</summary>
public sealed class ParallelPhasesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly LoopWorld world = new();
    private UserCheckout user = null!;

    public async Task InitializeAsync()
    {
        user = await UserCheckout.Create();
        world.Instead = user.Beside;
        world.Request = world.Request with { Pairs = ["plan", "implement"], Parallel = 4 };
    }

    public Task DisposeAsync()
    {
        world.Dispose();
        user.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task They_are_worked_on_at_once_and_land_together_after_one_verification_of_both()
    {
        using var both = new Barrier(2);
        Work((turn, _) => Assert.True(!turn.Contains("/implement/", StringComparison.Ordinal) || both.SignalAndWait(Patience), "they are not worked on at once"));
        Assert.Equal((RunState.Completed, null), ((await world.Run()).State, world.Failure?.Message));
        Assert.Equal(".gitignore\na.txt\none.txt\ntwo.txt\n", await user.Run("ls-tree", "-r", "--name-only", "autopilot/loop"));
        Assert.Equal(3, world.Checks);
        var story = await user.Run("log", "--format=%s", "autopilot/loop");
        foreach (var line in (string[])["one: land", "two: land", "implement one: producer, cycle 1", "implement two: verifier, cycle 1: complete"]) Assert.Contains(line, story, StringComparison.Ordinal);
        Assert.Contains("\"phase_status\":{\"one\":\"completed\",\"two\":\"completed\"}", File.ReadAllText(Path.Combine(world.Folder, "run.json")), StringComparison.Ordinal);
        Assert.All(["one", "two"], phase => Assert.True(File.Exists(Path.Combine(world.Folder, $"artifacts/implement/phases/{phase}/criteria.md"))));
    }

    [Fact]
    public async Task One_in_conflict_with_what_landed_goes_on_from_both_sides()
    {
        Work((turn, workspace) =>
        {
            var file = Path.Combine(workspace, "a.txt");
            if (turn.StartsWith("wave1/", StringComparison.Ordinal)) File.WriteAllText(file, turn.Contains("/one/", StringComparison.Ordinal) ? "from one\n" : "from two\n");
            else if (turn.EndsWith("1.1/produce", StringComparison.Ordinal)) Assert.Contains("<<<<<<<", File.ReadAllText(file), StringComparison.Ordinal);
            else File.WriteAllText(file, "from one and two\n");
        });
        Assert.Equal((RunState.Completed, null), ((await world.Run()).State, world.Failure?.Message));
        Assert.Equal("from one and two\n", await user.Run("show", "autopilot/loop:a.txt"));
        var again = world.Orders.First(o => o.Key.StartsWith("wave2/implement/two/1.1/produce", StringComparison.Ordinal));
        Assert.Contains("both sides between conflict markers: a.txt", again.Prompt, StringComparison.Ordinal);
        // That the first answer left the markers in is a fact, and no verdict makes it complete.
        Assert.Contains("wave2/implement/two/2.1/produce", world.Turns);
        Assert.Contains("Conflict markers are left in a.txt", world.Orders.First(o => o.Key.StartsWith("wave2/implement/two/2.1/produce", StringComparison.Ordinal)).Prompt, StringComparison.Ordinal);
        Assert.DoesNotContain("wave2/implement/one/1.1/produce", world.Turns);
    }

    [Fact]
    public async Task Two_that_are_green_alone_and_red_together_land_one_after_the_other()
    {
        world.IsGreenIn = folder => !(File.Exists(Path.Combine(folder, "one.txt")) && File.Exists(Path.Combine(folder, "two.txt"))) || File.Exists(Path.Combine(folder, "mended.txt"));
        Work((turn, workspace) =>
        {
            if (turn.StartsWith("wave2/", StringComparison.Ordinal)) File.WriteAllText(Path.Combine(workspace, "mended.txt"), "x\n");
        });
        Assert.Equal((RunState.Completed, null), ((await world.Run()).State, world.Failure?.Message));
        Assert.Equal(".gitignore\na.txt\nmended.txt\none.txt\ntwo.txt\n", await user.Run("ls-tree", "-r", "--name-only", "autopilot/loop"));
        Assert.Contains("Together with what landed meanwhile the verification fails", world.Orders.First(o => o.Key.StartsWith("wave2/implement/two/1.1/produce", StringComparison.Ordinal)).Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_of_one_waits_while_the_other_is_finished_and_neither_is_done_again()
    {
        Work((_, _) => { });
        var says = world.Says;
        world.Says = (turn, workspace) => turn == "wave1/implement/one/1.1/produce" ? "<question>Which?</question>" : says(turn, workspace);
        Assert.Equal("wave1/implement/one/1.1/question", (await world.Run()).WaitingFor);
        Assert.Contains("wave1/implement/two/1.1/verify", world.Turns);
        await world.Run("The first.");
        Assert.NotNull(world.Result);
        Assert.Equal(world.Turns.Count, world.Turns.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(".gitignore\na.txt\none.txt\ntwo.txt\n", await user.Run("ls-tree", "-r", "--name-only", "autopilot/loop"));
    }

    /// <summary>Plans two independent phases, each of which writes a file; a script may do more in the turns that work on them.</summary>
    private void Work(Action<string, string> more) => world.Says = (turn, workspace) =>
    {
        if (!turn.EndsWith("/produce", StringComparison.Ordinal)) return null;
        if (turn.StartsWith("plan/", StringComparison.Ordinal)) LoopWorld.Leave(workspace, "plan/phase_plan.yaml", LoopWorld.Independent);
        if (turn.StartsWith("plan/", StringComparison.Ordinal)) return "Planned.";
        File.WriteAllText(Path.Combine(workspace, turn.Contains("/one/", StringComparison.Ordinal) ? "one.txt" : "two.txt"), "x\n");
        more(turn, workspace);
        return "Done.";
    };
}
