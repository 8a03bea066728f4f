using System.Runtime.InteropServices;
using Autopilot.Core;

namespace Autopilot.Composition;

/// <summary>Turns SIGINT and SIGTERM into a cancellation; a second SIGINT ends the program at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private readonly Action<string> tell;

    /// <param name="tell">Told once, when the first signal comes, what happens now.</param>
    public Interruption(Action<string> tell)
    {
        this.tell = tell;
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public CancellationToken Token => source.Token;

    /// <summary>130 after SIGINT, 143 after SIGTERM; null while neither came.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>In words, for people and recordings.</summary>
    public string? Cause => ExitCode switch { ExitCodes.Interrupted => "interrupted (SIGINT)", ExitCodes.Terminated => "terminated (SIGTERM)", _ => null };

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        // Agents die with this process (parent-death signal), so leaving at once leaves none behind.
        if (ExitCode is { } code && context.Signal == PosixSignal.SIGINT) Environment.Exit(code);
        if (ExitCode is not null) return;
        ExitCode = context.Signal == PosixSignal.SIGINT ? ExitCodes.Interrupted : ExitCodes.Terminated;
        tell(context.Signal == PosixSignal.SIGINT ? "Stopping in order. Press Ctrl-C again to end at once." : "Stopping in order.");
        source.Cancel();
    }
}
