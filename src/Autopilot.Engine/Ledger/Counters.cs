using Autopilot.Core;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Ledger;

/// <summary>Counts what goes wrong and is dealt with, in the ledger, without keeping who counts waiting.</summary>
/// <param name="store">The shared ledger.</param>
/// <param name="show">Told once when counting itself fails.</param>
public sealed class Counters(IStore store, Action<string> show) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private Task pending = Task.CompletedTask;
    private bool failed;

    /// <param name="name">As Prometheus wants it: <c>autopilot_failures_total</c>.</param>
    /// <param name="labels">Such as <c>where="command"</c>; empty for none.</param>
    public void Add(string name, string labels)
    {
        lock (gate) pending = Task.WhenAll(pending, Write(name, labels));
    }

    /// <summary>Completes when all that was counted is durable.</summary>
    public ValueTask DisposeAsync()
    {
        lock (gate) return new ValueTask(pending);
    }

    private async Task Write(string name, string labels)
    {
        try
        {
            await store.Write(session => CounterTable.Add(session, name, labels));
        }
        catch (UserErrorException error)
        {
            if (!Interlocked.Exchange(ref failed, true)) show($"What goes wrong cannot be counted: {error.Message}");
        }
    }
}
