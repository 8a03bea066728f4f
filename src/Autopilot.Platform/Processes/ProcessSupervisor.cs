using Autopilot.Platform.Processes.Containment;
using Autopilot.Platform.Processes.Native;
using Autopilot.Platform.Processes.Survivors;

namespace Autopilot.Platform.Processes;

/// <summary>Starts processes so that each one ends within its limits, and nothing of it stays behind.</summary>
public sealed class ProcessSupervisor : IProcessSupervisor, IDisposable
{
    /// <summary>The environment variable that marks every process of one start, wherever it goes.</summary>
    public const string MarkerVariable = "AUTOPILOT_SESSION";

    /// <summary>The same for a part of this program: what tells agents from persons does not look at it.</summary>
    public const string PartVariable = "AUTOPILOT_PART";

    private static readonly Lazy<ContainmentKind> BestKind = new(Probe);
    private readonly TimeProvider clock;
    private readonly ProcessRegistry? registry;
    private readonly TreeSampler sampler;
    private readonly SharedNamespace shared = new();

    /// <param name="clock">For limits, grace and sampling.</param>
    /// <param name="registry">Where live processes are noted for a later start; null to note nothing.</param>
    /// <param name="containment">How trees are held together; null for the best that this machine has.</param>
    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public ProcessSupervisor(TimeProvider clock, ProcessRegistry? registry = null, ContainmentKind? containment = null)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("Processes are supervised on Linux and macOS; on Windows use the Linux subsystem (WSL 2).");
        this.clock = clock;
        this.registry = registry;
        Containment = containment ?? BestKind.Value;
        if (Containment == ContainmentKind.Subreaper) SubreaperContainment.BecomeSubreaper();
        sampler = new TreeSampler(clock);
    }

    /// <summary>How trees are held together here.</summary>
    public ContainmentKind Containment { get; }

    public async Task<ISupervisedProcess> Start(ProcessSpec spec, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = ExecutableLookup.Require(spec);
        var marker = Guid.NewGuid().ToString("N");
        var environment = new Dictionary<string, string>(spec.Environment, StringComparer.Ordinal) { [spec.ActsForCaller ? PartVariable : MarkerVariable] = marker };
        var pipes = new StandardPipes(spec.Input is not ProcessInput.ClosedInput);
        var containment = Contain(spec, marker);
        registry?.Announce(marker, path);
        try
        {
            var keeper = Keeper.Start(containment, new Launch(path, spec.Arguments, environment, spec.WorkingDirectory, pipes.Handles));
            var pid = await keeper.Started;
            pipes.Handed();
            if (containment.Tree is { } tree) Watch(marker, path, tree);
            return new SupervisedProcess(spec, pid, keeper, containment, pipes, clock, () => Forget(marker, containment.Tree), cancellation);
        }
        catch
        {
            containment.Dispose();
            await pipes.DisposeAsync();
            registry?.Remove(marker);
            throw;
        }
    }

    private void Watch(string marker, string path, ProcessTree tree)
    {
        registry?.Confirm(marker, path, tree.Root);
        sampler.Add(tree);
    }

    private void Forget(string marker, ProcessTree? tree)
    {
        registry?.Remove(marker);
        if (tree is not null && sampler.Remove(tree) && Containment == ContainmentKind.Subreaper) AdoptedChildren.EndUnclaimed();
    }

    public void Dispose()
    {
        sampler.Dispose();
        shared.Dispose();
    }

    private static ContainmentKind Probe() =>
        !OperatingSystem.IsLinux() ? ContainmentKind.Group : NamespaceContainment.IsPossible() ? ContainmentKind.Namespace : ContainmentKind.Subreaper;

    private IContainment Contain(ProcessSpec spec, string marker) => Containment switch
    {
        ContainmentKind.Namespace when spec.StaysInGroup => new GroupContainment(marker, shared),
        _ when spec is { StaysInGroup: true, StartsOthers: false } => new GroupContainment(marker),
        ContainmentKind.Namespace => new NamespaceContainment(),
        ContainmentKind.Subreaper => new SubreaperContainment(marker),
        _ => new GroupContainment(marker),
    };
}
