using System.IO.Pipes;
using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Processes.Containment;

/// <summary>The first process of a pid namespace: a shell that reaps orphans until its pipe closes. With it the kernel kills all others.</summary>
internal static class NamespaceInit
{
    // An orphan that ends interrupts the read, in some shells: only a read that ends without one has seen the pipe close.
    private const string ReapUntilClosed = "trap '' HUP INT TERM; trap reaped=1 CHLD; reaped=1; while [ $reaped ]; do reaped=; read line; done";

    /// <param name="lifeline">Only this process holds its other end: whatever way it ends, the pipe closes.</param>
    public static Launch Launch(AnonymousPipeServerStream lifeline, IReadOnlyDictionary<string, string> environment) => new(
        "/bin/sh", ["-c", ReapUntilClosed], environment, "/", new((int)lifeline.ClientSafePipeHandle.DangerousGetHandle(), null, null));
}
