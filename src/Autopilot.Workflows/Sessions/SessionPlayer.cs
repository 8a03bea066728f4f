using Autopilot.Core.Agents;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Engine.Recording;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Workflows.Sessions;

/// <summary>One of those who may run an ordered session, with the recording of its own.</summary>
internal sealed class SessionPlayer(IAgent agent, string? model, string recording, bool holdsConversation, IReadOnlyList<PastSession> conversation)
{
    public IAgent Agent => agent;

    public string? Model => model;

    public string Recording => recording;

    /// <summary>What was recorded of it; null when nothing was.</summary>
    public PastSession? Past => TrajectoryFile.IsBegun(recording) ? Read(recording) : null;

    /// <summary>Those who may run it, the one whom the role names first; but whoever holds the conversation that is to go on goes before.</summary>
    public static IReadOnlyList<SessionPlayer> Of(SessionOrder order, SessionParts parts)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parts.RunFolder(order.RunId), "sessions")).FullName;
        var first = parts.AgentFor(order.Role);
        var others = parts.Otherwise(order.Role);
        if (others.Count == 0) return [new SessionPlayer(first.Agent, first.Model, FileOf(folder, order.Key), true, [])];
        var conversation = order.Continues is { } id ? Conversation(folder, id) : [];
        var holder = conversation.FirstOrDefault()?.Summary.Agent ?? first.Agent.Name;
        SessionPlayer[] all =
        [
            new(first.Agent, first.Model, FileOf(folder, order.Key), holder == first.Agent.Name, conversation),
            .. others.Select(other => new SessionPlayer(other.Agent, other.Model, FileOf(folder, $"{order.Key}/{other.Agent.Name}"), holder == other.Agent.Name, conversation)),
        ];
        return order.Continues is null ? all : [.. all.OrderByDescending(player => player.Agent.Name == holder)];
    }

    /// <summary>The order as this one can carry it out: another's conversation cannot be gone on with, so it is told what is known of it.</summary>
    public SessionOrder Takes(SessionOrder order) => order.Continues is null || holdsConversation
        ? order
        : order with
        {
            Continues = null,
            UsageBefore = TokenUsage.None,
            Prompt = conversation.Count == 0 ? order.Prompt : $"{SessionPlan.DigestIntroduction} What is known of it:\n\n{string.Concat(conversation.Select(past => past.Digest))}{order.Prompt}",
        };

    // Its parts, the oldest first: that one has the task.
    private static List<PastSession> Conversation(string folder, string session) =>
    [
        .. new DirectoryInfo(folder).EnumerateFiles("*.jsonl")
            .Where(file => TrajectoryFile.IsBegun(file.FullName))
            .OrderBy(file => file.LastWriteTimeUtc)
            .Select(file => Read(file.FullName))
            .Where(past => past.Summary.SessionId == session),
    ];

    private static PastSession Read(string recording) => PastSession.Of(TrajectoryFile.Read(recording, new ReadReport(Path.GetFileName(recording))));

    private static string FileOf(string folder, string key) => Path.Combine(folder, key.Replace('/', '-') + ".jsonl");
}
