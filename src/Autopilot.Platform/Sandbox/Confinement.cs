using Autopilot.Core;

namespace Autopilot.Platform.Sandbox;

/// <summary>Decides, once for a command, whether what it starts runs in a sandbox.</summary>
/// <param name="rules">What the configuration says.</param>
/// <param name="probe">Finds out whether this machine can; asked once.</param>
/// <param name="warn">Told once when work goes on without a sandbox that was preferred.</param>
public sealed class Confinement(SandboxRules rules, Func<CancellationToken, Task<SandboxSupport>> probe, Action<string> warn) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private SandboxSupport? support;
    private int toldOff;

    public SandboxRules Rules => rules;

    /// <summary>Whether this machine can, whatever the configuration says of it.</summary>
    public Task<SandboxSupport> Support(CancellationToken cancellation) => probe(cancellation);

    /// <summary>The sandbox; null when work goes on without one.</summary>
    /// <exception cref="UserErrorException">One is required, and this machine has none.</exception>
    public async Task<ISandbox?> Sandbox(CancellationToken cancellation)
    {
        if (rules.Mode == SandboxMode.Off)
        {
            // That there is no sandbox is meant; that a limit is configured which nothing enforces can hardly be.
            if (!rules.Network.Everywhere && Interlocked.Exchange(ref toldOff, 1) == 0) warn($"'sandbox: off': 'sandbox_network: {rules.Network}' is not enforced, what is started here reaches every host.");
            return null;
        }

        await gate.WaitAsync(cancellation);
        try
        {
            support ??= Noticed(await probe(cancellation));
        }
        finally
        {
            gate.Release();
        }
        if (support.Sandbox is null && rules.Mode == SandboxMode.Required)
            throw new UserErrorException($"'sandbox: required', and there is none: {support.Detail} Then try again; or set 'sandbox: preferred' to work without one.", ExitCodes.Refused);
        return support.Sandbox;
    }

    public void Dispose() => gate.Dispose();

    private SandboxSupport Noticed(SandboxSupport found)
    {
        if (!found.IsAvailable && rules.Mode == SandboxMode.Preferred)
            warn($"NO SANDBOX: what is started here can read and write whatever you can{(rules.Network.Everywhere ? "" : $", and reaches every host: 'sandbox_network: {rules.Network}' is not enforced")}. {found.Detail} 'sandbox: required' refuses to work like this; 'sandbox: off' says that it is meant.");
        return found;
    }
}
