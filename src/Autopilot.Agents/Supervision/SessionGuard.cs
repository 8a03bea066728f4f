using Autopilot.Core.Agents;

namespace Autopilot.Agents.Supervision;

/// <summary>Has a session, of one turn or of many, ended when it fills the disk or is the largest while the machine runs out of memory.</summary>
internal sealed class SessionGuard : ILiveSession, IDisposable
{
    private readonly Func<long> memory;
    private readonly Action<EndCause, string> end;
    private readonly WorkspaceGrowth? growth;
    private readonly IDisposable alive;

    /// <param name="shell">Knows the sessions, and the time.</param>
    /// <param name="request">With its workspace and the limit on that.</param>
    /// <param name="memory">What the session uses, in bytes.</param>
    /// <param name="end">Ends it, for a cause and a reason in words; from any thread.</param>
    public SessionGuard(AgentShell shell, AgentRequest request, Func<long> memory, Action<EndCause, string> end)
    {
        (this.memory, this.end) = (memory, end);
        growth = request.Limits.WorkspaceBytes is { } most ? new WorkspaceGrowth(request.Workspace, most, shell.Clock, reason => end(EndCause.Disk, reason), shell.Count) : null;
        alive = shell.Sessions.Add(this);
    }

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public long Memory => memory();

    /// <summary>Looks now whether the workspace has grown too much.</summary>
    /// <returns>In words, that it has; null when it has not.</returns>
    public string? Grown() => growth?.Look();

    public void EndForMemory(string reason) => end(EndCause.Memory, reason);

    public void Dispose()
    {
        alive.Dispose();
        growth?.Dispose();
    }
}
