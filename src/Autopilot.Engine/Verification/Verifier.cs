using System.Collections.Concurrent;
using System.Text;
using Autopilot.Core.Redaction;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Verification;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Engine.Verification;

/// <summary>Runs verification commands, each in a shell, in a checkout. The exit code decides.</summary>
/// <param name="environment">Exactly what the commands get: no secrets belong in it.</param>
/// <param name="counts">Reads what an output says of tests.</param>
/// <param name="confinement">The sandbox in which they run; null for none.</param>
/// <param name="count">Counts what that refuses, by a name and labels; null for nobody.</param>
public sealed class Verifier(
    IProcessSupervisor supervisor,
    IReadOnlyDictionary<string, string> environment,
    IRecordRedactor redactor,
    Func<string, TestCounts?> counts,
    Confinement? confinement = null,
    Action<string, string>? count = null) : IVerifier
{
    /// <summary>So much of an output is read for counts and shown to a worker, in characters; the files have all of it.</summary>
    private const int Kept = 256 * 1024;

    private const int TailLength = 6_000;

    public async Task<VerificationReport> Verify(VerificationPlan plan, string folder, string? output, CancellationToken cancellation)
    {
        var results = new List<NodeResult>();
        foreach (var node in plan.Nodes)
        {
            var result = await Run(node, folder, output, cancellation);
            results.Add(result);
            if (node.Required && !result.Passed) break;
        }

        return new VerificationReport(results);
    }

    private async Task<NodeResult> Run(VerificationNode node, string folder, string? output, CancellationToken cancellation)
    {
        await using var file = output is null ? null : new StreamWriter(Path.Combine(Directory.CreateDirectory(output).FullName, node.Name + ".log"), append: false, Encoding.UTF8);
        var text = new RecentText(Kept);
        var gate = new SemaphoreSlim(1);
        var limit = node.Timeout ?? VerificationPlan.DefaultTimeout;
        var (results, errors) = (new PrivateKeyPieces(), new PrivateKeyPieces());
        async ValueTask Take(OutputLine line, PrivateKeyPieces stream)
        {
            await gate.WaitAsync(CancellationToken.None);
            try
            {
                var safe = redactor.Redact(stream.Next(line.ToString()));
                text.Add(safe);
                if (file is not null) await file.WriteLineAsync(safe);
            }
            finally
            {
                gate.Release();
            }
        }

        var spec = new ProcessSpec
        {
            Executable = "/bin/sh",
            Arguments = ["-c", node.Command],
            WorkingDirectory = folder,
            Environment = environment,
            WallClockLimit = limit,
            OnOutput = line => Take(line, results),
            OnError = line => Take(line, errors),
        };
        var refusals = new Refusals();
        var noted = new ConcurrentQueue<string>();
        await using var cell = await Confined(spec, Refused, cancellation);
        refusals.Guard(cell.Guarded);
        await using var process = await supervisor.Start(cell.Spec, cancellation);
        var exit = await process.Completion;
        await cell.DisposeAsync();
        foreach (var refused in noted.Select(what => $"refused by the sandbox: {what}").Concat(refusals.Rest() is { } rest ? [rest] : [])) await Take(new OutputLine(Encoding.UTF8.GetBytes(refused), 0), errors);

        cancellation.ThrowIfCancellationRequested();
        var all = text.ToString();
        return new NodeResult(node.Name, node.Required, node.Weight, exit.Code, End(exit, limit), exit.Duration, counts(all), all.Length <= TailLength ? all : all[^TailLength..]);

        void Refused(string what)
        {
            count?.Invoke("autopilot_sandbox_refusals_total", "");
            if (refusals.Add(what)) noted.Enqueue(what);
        }
    }

    // What agents wrote is run here: it may reach no more than they may.
    private async Task<SandboxCell> Confined(ProcessSpec spec, Action<string> refused, CancellationToken cancellation) =>
        confinement is null || await confinement.Sandbox(cancellation) is not { } sandbox
            ? new SandboxCell(spec)
            : await SandboxCell.Prepare(sandbox, spec, confinement.Rules.For(spec.WorkingDirectory, mayWrite: true, own: [], program: []) with { Watch = Watch(confinement.Rules) }, refused);

    // No more than never gets in the way: a verdict must not depend on which signal comes when.
    private static SandboxWatch Watch(SandboxRules rules) => rules.Watch == SandboxWatch.Off ? SandboxWatch.Off : SandboxWatch.Rare;

    private static string? End(ProcessExit exit, TimeSpan limit) => exit switch
    {
        { End: ProcessEnd.WallClock } => $"it ran longer than {limit}",
        { Signal: { } signal } => $"signal {signal} ended it",
        _ => null,
    };
}
