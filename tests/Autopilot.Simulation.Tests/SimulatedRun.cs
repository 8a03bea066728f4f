using Autopilot.Core.Runs;

namespace Autopilot.Simulation.Tests;

/// <summary>A run whose journal survives crashes and whose program may be killed at any journal write, before it or after it.</summary>
internal sealed class SimulatedRun(string id, SimulatedPower power, TimeProvider clock) : IRun
{
    private readonly Dictionary<string, object?> journal = new(StringComparer.Ordinal);

    public string Id => id;

    public string Workflow => "mission";

    public CancellationToken Stopping => CancellationToken.None;

    public async Task<T> Step<T>(string key, object? input, Func<CancellationToken, Task<T>> body)
    {
        if (journal.TryGetValue(key, out var recorded)) return (T)recorded!;
        var result = await body(CancellationToken.None);
        power.MayFail();
        journal[key] = result;
        power.MayFail();
        return result;
    }

    public Task<DateTimeOffset> Now(string key) => Step(key, null, _ => Task.FromResult(clock.GetUtcNow()));

    public Task<string> NewId(string key) => throw new NotSupportedException();

    public Task SleepUntil(string key, DateTimeOffset until) => throw new NotSupportedException();

    public Task<Answer> Ask(string key, Question question) => throw new NotSupportedException();
}
