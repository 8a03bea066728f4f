namespace Autopilot.Core.Agents;

/// <summary>A session that runs at this moment in this process.</summary>
public interface ILiveSession
{
    /// <summary>Unique over all processes.</summary>
    string Id { get; }

    /// <summary>Resident memory of everything that belongs to it, in bytes, as last sampled.</summary>
    long Memory { get; }

    /// <summary>Ends it because memory runs out.</summary>
    void EndForMemory(string reason);
}
