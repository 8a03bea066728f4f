using Autopilot.Platform.Processes;
using Autopilot.Platform.Processes.Containment;
using Autopilot.Platform.Processes.Survivors;

// A program that supervises a shell script, for tests that kill the supervisor itself.
// usage: Autopilot.ProcessHost KIND REGISTRY SCRIPT [tool]
using var supervisor = new ProcessSupervisor(TimeProvider.System, new ProcessRegistry(args[1]), Enum.Parse<ContainmentKind>(args[0]));
await using var process = await supervisor.Start(new ProcessSpec
{
    Executable = "sh",
    Arguments = ["-c", args[2]],
    WorkingDirectory = "/",
    Environment = new Dictionary<string, string> { ["PATH"] = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" },
    StaysInGroup = args.Length > 3,
    StartsOthers = true,
    OnOutput = Print,
}, CancellationToken.None);
var exit = await process.Completion;
return exit.Code ?? 128 + exit.Signal ?? 1;

static ValueTask Print(OutputLine line)
{
    Console.WriteLine(line.ToString());
    return ValueTask.CompletedTask;
}
