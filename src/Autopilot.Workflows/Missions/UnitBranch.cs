using Autopilot.Core.Missions;

namespace Autopilot.Workflows.Missions;

/// <summary>The names of the branches on which workers' commits are kept, in the hub.</summary>
internal static class UnitBranch
{
    /// <summary>Behind the name of the branch of an attempt that was stopped.</summary>
    public const string Partial = "-partial";

    /// <summary>Short, without <c>refs/heads/</c>.</summary>
    /// <param name="rival">Which of several attempts at once, from 1; 0 for a plain one.</param>
    public static string Of(string runId, string unit, int attempt, int rival) => $"units/{runId}/{unit}-{DoWork.Name(attempt, rival)}";
}
