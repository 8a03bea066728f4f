using System.Diagnostics;
using Autopilot.Core;
using Autopilot.Platform.Processes;

namespace Autopilot.Commands.Demo;

/// <summary>This very program, run as a process of its own, so that it can really be killed.</summary>
internal sealed class DemoProgram(IProcessSupervisor processes, DemoFolder folder, Action<string> saw)
{
    /// <summary>What a shell shows of a program that SIGKILL ended.</summary>
    public const int Killed = 128 + 9;

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code, or 128 + the signal that ended it.</returns>
    public Task<int> Run(string[] arguments, CancellationToken cancellation) => Run(arguments, _ => false, cancellation);

    /// <summary>Runs it, and sends it SIGKILL as soon as a line that it shows says that the moment has come.</summary>
    public async Task<int> Run(string[] arguments, Func<string, bool> killAt, CancellationToken cancellation)
    {
        var moment = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var spec = new ProcessSpec
        {
            Executable = Path.Combine(AppContext.BaseDirectory, "autopilot"),
            Arguments = arguments,
            WorkingDirectory = folder.Repository,
            Environment = folder.Environment,
            ActsForCaller = true,
            OnOutput = line => Take(line, _ => false, moment),
            OnError = line => Take(line, killAt, moment),
        };
        await using var process = await processes.Start(spec, cancellation);
        if (await Task.WhenAny(moment.Task, process.Completion) == moment.Task) KillAtOnce(process.Id);
        var exit = await process.Completion;
        cancellation.ThrowIfCancellationRequested();
        return exit.Code ?? 128 + exit.Signal ?? throw new UserErrorException("The program ended in an unknown way.", ExitCodes.Failed);
    }

    private ValueTask Take(OutputLine line, Func<string, bool> killAt, TaskCompletionSource moment)
    {
        var text = line.ToString();
        if (moment.Task.IsCompleted) return ValueTask.CompletedTask;
        if (text.Length > 0) saw(text);
        if (killAt(text)) moment.TrySetResult();
        return ValueTask.CompletedTask;
    }

    // SIGKILL, which no program can catch.
    private static void KillAtOnce(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }
}
