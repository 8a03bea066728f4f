using Autopilot.Platform.Processes;
using Autopilot.Platform.Processes.Containment;
using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Tests.Processes;

/// <summary>The tools of one supervisor share a namespace.</summary>
public sealed class SharedNamespaceTests : IDisposable
{
    private const string WhereAmI = "readlink /proc/self/ns/pid";
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);

    public void Dispose() => supervisor.Dispose();

    [SkippableFact]
    public async Task Each_is_born_in_the_same_one()
    {
        Skip.IfNot(NamespaceContainment.IsPossible(), "no right to make pid namespaces");
        var spaces = (await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Run(WhereAmI)))).Distinct().ToList();
        Assert.Single(spaces);
        Assert.NotEqual(new FileInfo("/proc/self/ns/pid").LinkTarget, spaces[0]);
    }

    [SkippableFact]
    public async Task One_that_was_ended_is_replaced()
    {
        Skip.IfNot(NamespaceContainment.IsPossible(), "no right to make pid namespaces");
        var before = await Run(WhereAmI);
        var init = ProcessTable.Read().All.Single(p => new FileInfo($"/proc/{p.Pid}/ns/pid").LinkTarget == before);
        using (var handle = ProcessHandle.Open(init.Identity)!)
        {
            handle.Signal(Signals.Kill);
            Assert.True(handle.AwaitEnd(Shell.Patience));
        }

        Assert.NotEqual(before, await Run(WhereAmI));
    }

    [SkippableFact]
    public async Task It_ends_with_the_supervisor()
    {
        Skip.IfNot(NamespaceContainment.IsPossible(), "no right to make pid namespaces");
        var space = await Run(WhereAmI);
        supervisor.Dispose();
        Assert.DoesNotContain(ProcessTable.Read().All, p => new FileInfo($"/proc/{p.Pid}/ns/pid").LinkTarget == space);
    }

    [SkippableFact]
    public async Task A_tool_that_is_stopped_takes_what_it_started_with_it()
    {
        Skip.IfNot(NamespaceContainment.IsPossible(), "no right to make pid namespaces");
        var tool = Tool("trap '' TERM; sh -c 'trap \"\" TERM; echo ready; sleep 600; :' & wait") with { Grace = TimeSpan.Zero };
        var (process, _) = await Shell.StartAndRead(supervisor, tool);
        var exit = await process.Stop("enough").WaitAsync(Shell.Patience);
        // The pipe is held by what it started: it would be given up if that still lived.
        Assert.False(exit.PipeAbandoned);
        Assert.Equal(ProcessEnd.Stopped, exit.End);
    }

    [SkippableFact]
    public async Task What_left_the_group_of_a_tool_ends_with_it_and_others_go_on()
    {
        Skip.IfNot(NamespaceContainment.IsPossible(), "no right to make pid namespaces");
        var (other, _) = await Shell.StartAndRead(supervisor, Tool("echo ready; read line") with { Input = ProcessInput.Pipe });
        var (exit, _) = await Shell.Run(supervisor, Tool("setsid -f sh -c 'echo up; exec sleep 600 </dev/null >/dev/null 2>&1' | { read up; }"));
        Assert.Equal(1, exit.Survivors);
        Assert.False(exit.PipeAbandoned);
        await other.CompleteInput();
        Assert.Null((await other.Completion.WaitAsync(Shell.Patience)).Signal);
    }

    [SkippableFact]
    public async Task Tools_that_run_end_with_the_supervisor()
    {
        Skip.IfNot(NamespaceContainment.IsPossible(), "no right to make pid namespaces");
        var (tool, _) = await Shell.StartAndRead(supervisor, Tool("trap '' TERM; echo ready; while :; do sleep 600; done"));
        supervisor.Dispose();
        Assert.Equal(Signals.Kill, (await tool.Completion.WaitAsync(Shell.Patience)).Signal);
    }

    [SkippableFact]
    public async Task Two_supervisors_have_one_each()
    {
        Skip.IfNot(NamespaceContainment.IsPossible(), "no right to make pid namespaces");
        using var second = new ProcessSupervisor(TimeProvider.System);
        var ours = await Run(WhereAmI);
        Assert.NotEqual(ours, Assert.Single((await Shell.Run(second, Tool(WhereAmI))).Lines));
        second.Dispose();
        Assert.Equal(ours, await Run(WhereAmI));
    }

    [SkippableFact]
    public async Task A_missing_folder_is_said()
    {
        Skip.IfNot(NamespaceContainment.IsPossible(), "no right to make pid namespaces");
        await Assert.ThrowsAsync<ExecutableNotFoundException>(() => supervisor.Start(Tool("true") with { WorkingDirectory = "/missing" }, CancellationToken.None));
    }

    private static ProcessSpec Tool(string script) => Shell.Script(script) with { StaysInGroup = true, StartsOthers = true };

    private async Task<string> Run(string script) => Assert.Single((await Shell.Run(supervisor, Tool(script))).Lines);
}
