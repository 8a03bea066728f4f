namespace Autopilot.Platform.Processes.Containment;

/// <summary>What belongs to one started process: everything that was ever seen below it, also after it was re-parented.</summary>
internal sealed class ProcessTree(ProcessIdentity root)
{
    private readonly Lock gate = new();
    private readonly HashSet<ProcessIdentity> known = [];

    public ProcessIdentity Root { get; } = root;

    /// <summary>The init process of its namespace, where it has one: orphans go there.</summary>
    public ProcessIdentity? Init { get; init; }

    /// <summary>The highest sum of resident memory seen, in bytes.</summary>
    public long PeakMemory { get; private set; }

    /// <summary>The sum of resident memory when it was last looked at, in bytes.</summary>
    public long Memory { get; private set; }

    /// <summary>Called with the number of members when the tree is sampled.</summary>
    public Action<int>? OnSampled { get; set; }

    /// <summary>Its living members at this moment, without the root and the init, with their distance from the root (0 where that is lost).</summary>
    public IReadOnlyList<(ProcessStat Process, int Depth)> Members(ProcessTable table)
    {
        lock (gate)
        {
            var members = new Dictionary<int, (ProcessStat Process, int Depth)>();
            foreach (var member in table.Below(Root.Pid)) members.TryAdd(member.Process.Pid, member);
            foreach (var origin in Origins(table))
                foreach (var (process, _) in table.Below(origin).Append((Process: table.ByPid(origin)!.Value, Depth: 0)))
                    members.TryAdd(process.Pid, (process, 0));
            members.Remove(Root.Pid);
            if (Init is { } init) members.Remove(init.Pid);
            known.UnionWith(members.Values.Select(member => member.Process.Identity));
            return [.. members.Values.Where(member => !member.Process.IsZombie)];
        }
    }

    /// <summary>Looks at the tree now: remembers its members and its memory.</summary>
    public void Sample(ProcessTable table)
    {
        var members = Members(table);
        OnSampled?.Invoke(members.Count);
        var memory = members.Sum(member => member.Process.Resident) + (table.Find(Root)?.Resident ?? 0);
        Memory = memory;
        if (memory > PeakMemory) PeakMemory = memory;
    }

    /// <summary>Adds a process that is known by other means to belong here.</summary>
    public void Add(ProcessIdentity member)
    {
        lock (gate) known.Add(member);
    }

    private IEnumerable<int> Origins(ProcessTable table)
    {
        // The dead are forgotten, or a session of days would carry all it ever started. One that is newer than the table still lives.
        known.RemoveWhere(member => table.Find(member) is null && ProcessStat.Read(member.Pid)?.Identity != member);
        var sameSession = table.InSession(Root.Pid).Where(process => process.Identity.StartTicks >= Root.StartTicks).Select(process => process.Pid);
        var seenBefore = known.Where(member => table.Find(member) is not null).Select(member => member.Pid);
        var init = Init is { } identity && table.Find(identity) is not null ? new[] { identity.Pid } : [];
        return [.. sameSession.Concat(seenBefore).Concat(init)];
    }
}
