namespace Autopilot.Core.Governance;

/// <summary>Tells how much is done at this moment.</summary>
public interface IDegradation
{
    /// <summary>The level that all processes share, and why; cheap to ask often.</summary>
    Task<(DegradationLevel Level, string Reason)> Level();
}
