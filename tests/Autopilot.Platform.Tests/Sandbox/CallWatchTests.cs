using System.Collections.Concurrent;
using Autopilot.Core.Network;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;
using Autopilot.Platform.Tests.Processes;

namespace Autopilot.Platform.Tests.Sandbox;

/// <summary>Looking at the calls of a sandbox, on kernels that wake who waits at its end and on those that do not.</summary>
public sealed class CallWatchTests : IDisposable
{
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);
    private readonly string root = Path.Combine(AppContext.BaseDirectory, "watch-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        supervisor.Dispose();
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_call_goes_on_whoever_takes_it_what_is_refused_is_told_and_the_watch_ends_with_the_sandbox(bool kernelWakes)
    {
        var support = await SandboxProbe.Run(supervisor, CancellationToken.None);
        Skip.IfNot(support.IsAvailable && OperatingSystem.IsLinux(), support.Detail);
        Skip.If(kernelWakes && Environment.OSVersion.Version < new Version(6, 11), "this kernel does not wake who waits");
        var workspace = Directory.CreateDirectory(Path.Combine(root, "workspace")).FullName;
        // A folder of the system: below /tmp, where a clone may lie, the sandbox has a folder of its own.
        var outside = "/usr/" + Path.GetFileName(root);
        var policy = new SandboxPolicy { Workspace = workspace, Watch = SandboxWatch.Changes, Network = NetworkAccess.On, Entry = "/bin/sh", KernelWakes = kernelWakes };
        var spec = Shell.Script("exec 2>/dev/null; for n in 1 2 3 4; do ( i=0; while [ $i -lt 50 ]; do : > $n-$i; mv $n-$i $n.$i; true > OUTSIDE-$n-$i; i=$((i+1)); done ) & done; wait".Replace("OUTSIDE", outside, StringComparison.Ordinal)) with { WorkingDirectory = workspace };
        var refusals = new ConcurrentBag<string>();
        await using var cell = await SandboxCell.Prepare(support.Sandbox!, spec, policy, refusals.Add);
        Assert.Equal(0, (await Shell.Run(supervisor, cell.Spec)).Exit.Code);
        await cell.DisposeAsync();

        var all = Enumerable.Range(1, 4).SelectMany(n => Enumerable.Range(0, 50).Select(i => (n, i))).ToList();
        Assert.Equal(all.Select(one => $"{one.n}.{one.i}").Order(StringComparer.Ordinal), Directory.GetFiles(workspace).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(all.Select(one => $"openat: a change of {outside}-{one.n}-{one.i}, which is not writable").Order(StringComparer.Ordinal), refusals.Order(StringComparer.Ordinal));
    }
}
