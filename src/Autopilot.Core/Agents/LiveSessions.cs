using System.Collections.Concurrent;

namespace Autopilot.Core.Agents;

/// <summary>The sessions that run at this moment in this process.</summary>
public sealed class LiveSessions
{
    private readonly ConcurrentDictionary<string, ILiveSession> sessions = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ILiveSession> All => [.. sessions.Values];

    public bool IsEmpty => sessions.IsEmpty;

    /// <summary>Adds one, until disposed.</summary>
    public IDisposable Add(ILiveSession session)
    {
        sessions[session.Id] = session;
        return new Entry(this, session.Id);
    }

    private sealed class Entry(LiveSessions owner, string id) : IDisposable
    {
        public void Dispose() => owner.sessions.TryRemove(id, out _);
    }
}
