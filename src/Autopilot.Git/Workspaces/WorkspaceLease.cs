using System.Text.Json.Serialization;
using Autopilot.Platform.Locks;

namespace Autopilot.Git.Workspaces;

/// <summary>Who holds a workspace, as written beside it.</summary>
/// <param name="Base">The commit that it was given at.</param>
/// <param name="Ready">False until the checkout is whole: what is in an unfinished one is nobody's work.</param>
internal sealed record WorkspaceLease(string Owner, int Pid, string StartedAt, string Host, string Base, bool Ready)
{
    /// <summary>Stands for a lease that cannot be read: whose it was is unknown, so what is there is saved before all else.</summary>
    public static WorkspaceLease Unreadable { get; } = new("unknown", 0, "", Environment.MachineName, new string('0', 40), Ready: true);

    public static WorkspaceLease Of(string owner, string at, bool ready)
    {
        var me = Holder.Current;
        return new WorkspaceLease(owner, me.Pid, me.StartedAt, me.Host, at, ready);
    }

    [JsonIgnore]
    public bool IsAlive => !new Holder(Pid, StartedAt, Host).IsDead;
}

[JsonSerializable(typeof(WorkspaceLease))]
[JsonSerializable(typeof(LeftWork))]
[JsonSerializable(typeof(Undo.Operation))]
internal sealed partial class GitJson : JsonSerializerContext;
