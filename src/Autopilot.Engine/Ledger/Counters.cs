using System.Collections.Concurrent;
using Autopilot.Core;
using Autopilot.Platform.Sql;

namespace Autopilot.Engine.Ledger;

/// <summary>Counts what goes wrong and is dealt with, in the ledger, without keeping who counts waiting.</summary>
/// <param name="store">The shared ledger.</param>
/// <param name="show">Told once when counting itself fails.</param>
public sealed class Counters(IStore store, Action<string> show) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<(string Name, string Labels)> owed = new();
    private Task pending = Task.CompletedTask;
    private bool failed;

    /// <param name="name">As Prometheus wants it: <c>autopilot_failures_total</c>.</param>
    /// <param name="labels">Such as <c>where="command"</c>; empty for none.</param>
    public void Add(string name, string labels)
    {
        owed.Enqueue((name, labels));
        lock (gate) pending = Task.WhenAll(pending, Write());
    }

    /// <summary>Completes when all that was counted is durable.</summary>
    public ValueTask DisposeAsync()
    {
        lock (gate) return new ValueTask(pending);
    }

    // What cannot be written is owed, and written with what comes next.
    private async Task Write()
    {
        List<(string Name, string Labels)> mine = [];
        while (owed.TryDequeue(out var one)) mine.Add(one);
        try
        {
            if (mine.Count > 0) await store.Write(session => mine.ForEach(one => CounterTable.Add(session, one.Name, one.Labels)));
        }
        catch (UserErrorException error)
        {
            foreach (var one in mine) owed.Enqueue(one);
            if (!Interlocked.Exchange(ref failed, true)) show($"What goes wrong cannot be counted: {error.Message}");
        }
    }
}
