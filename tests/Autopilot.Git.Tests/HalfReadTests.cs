using System.Text;
using Autopilot.Git.Repository;
using Autopilot.Platform.Processes;

namespace Autopilot.Git.Tests;

/// <summary>An answer of git of which the end is missing decides nothing.</summary>
public class HalfReadTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task Half_an_answer_is_no_answer()
    {
        var git = new GitCommand(new HalfReader(), Nothing, GitIdentity.Autopilot);
        var error = await Assert.ThrowsAsync<IOException>(() => git.Try("/", ["diff-tree", "a", "b"], CancellationToken.None));
        Assert.Contains("git diff-tree in / has ended, but its output could not be read to the end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_helper_of_the_network_may_stay()
    {
        var git = new GitCommand(new HalfReader(), Nothing, GitIdentity.Autopilot, network: true);
        Assert.Equal("half\n", (await git.Try("/", ["push"], CancellationToken.None)).Output);
    }

    private sealed class HalfReader : IProcessSupervisor
    {
        public async Task<ISupervisedProcess> Start(ProcessSpec spec, CancellationToken cancellation)
        {
            await spec.OnOutput!(new OutputLine(Encoding.UTF8.GetBytes("half"), 4));
            return new Ended();
        }
    }

    private sealed class Ended : ISupervisedProcess
    {
        public int Id => 1;

        public Task<ProcessExit> Completion { get; } = Task.FromResult(new ProcessExit { Code = 0, End = ProcessEnd.ByItself, PipeAbandoned = true });

        public ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask CompleteInput() => ValueTask.CompletedTask;

        public Task<ProcessExit> Stop(string reason) => Completion;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
