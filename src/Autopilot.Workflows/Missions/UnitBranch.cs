namespace Autopilot.Workflows.Missions;

/// <summary>The names of the branches on which workers' commits are kept, in the hub.</summary>
internal static class UnitBranch
{
    /// <summary>Short, without <c>refs/heads/</c>.</summary>
    public static string Of(string runId, string unit, int attempt) => $"units/{runId}/{unit}-{attempt}";
}
