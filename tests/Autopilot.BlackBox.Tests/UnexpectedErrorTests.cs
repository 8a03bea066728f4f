namespace Autopilot.BlackBox.Tests;

/// <summary>Errors that no command is prepared for.</summary>
public sealed class UnexpectedErrorTests : IDisposable
{
    private const string Secret = "sk-ant-api03-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4";
    private readonly Program program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public void The_details_of_one_inside_a_run_are_beside_the_run()
    {
        program.Script("agent.sh", "cat > /dev/null\n");
        Directory.CreateDirectory(program.State);
        File.WriteAllText(Path.Combine(program.State, "workspaces"), "a file where a folder must be");
        var ended = program.Run("run", "--isolated", "--agent", "command", "--command", program["agent.sh"], $"Use {Secret}");
        Assert.Equal(1, ended.Code);
        Assert.Contains("error: Something unexpected went wrong", ended.Error);
        Assert.DoesNotContain("   at ", ended.Error);
        Assert.DoesNotContain(Secret, ended.Error);
        var file = Assert.Single(Directory.GetFiles(program[".autopilot/runs"], "error-*.txt", SearchOption.AllDirectories));
        Assert.Contains(file, ended.Error);
        var details = File.ReadAllText(file);
        Assert.Contains("   at ", details);
        Assert.Contains("DirectoryNotFoundException", details);
        Assert.DoesNotContain(Secret, details);
    }
}
