using Autopilot.Agents.Claude;
using Autopilot.Agents.Codex;
using Autopilot.Agents.Command;
using Autopilot.Agents.Replay;
using Autopilot.Agents.Supervision;
using Autopilot.Core;
using Autopilot.Core.Agents;

namespace Autopilot.Agents;

/// <summary>The agents by name: the built-in ones, refined and joined by the configured ones.</summary>
public sealed class AgentCatalog
{
    private const string Replay = "replay";
    private static readonly Dictionary<string, IAgentAdapter> adapters =
        new IAgentAdapter[] { new ClaudeAdapter(), new CodexAdapter(), new CommandAdapter() }.ToDictionary(a => a.Kind, StringComparer.Ordinal);

    private readonly Dictionary<string, AgentSettings> settings;
    private readonly AgentShell shell;
    private readonly AgentProbe probe;

    /// <exception cref="UserErrorException">An entry has an unknown kind, or lacks its command.</exception>
    public AgentCatalog(IReadOnlyList<AgentSettings> configured, AgentShell shell)
    {
        this.shell = shell;
        probe = new(shell);
        settings = adapters.Keys.Where(kind => kind != "command").ToDictionary(kind => kind, kind => new AgentSettings { Name = kind, Kind = kind }, StringComparer.Ordinal);
        foreach (var entry in configured) settings[entry.Name] = Checked(entry);
    }

    /// <summary>The kinds an entry may have.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. adapters.Keys, Replay];

    /// <summary>The names that people may use, in order.</summary>
    public IReadOnlyList<string> Names => [.. settings.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The entry of this name; a path is a script that is the agent, or a recording that is played.</summary>
    /// <exception cref="UserErrorException">There is no such agent; the message names those there are.</exception>
    public AgentSettings Settings(string name)
    {
        if (settings.TryGetValue(name, out var entry)) return entry;
        if (name.Contains('/', StringComparison.Ordinal) && File.Exists(name))
            return new() { Name = Path.GetFileName(name), Kind = name.EndsWith(".jsonl", StringComparison.Ordinal) ? Replay : "command", Command = [Path.GetFullPath(name)] };
        if (name == "command")
            throw new UserErrorException("The agent 'command' is the executable that --command names, and stands in no configuration: give it, such as --command ./agent.sh, also to resume what it began.");
        throw new UserErrorException(
            $"There is no agent '{name}'. Known agents: {string.Join(", ", Names)}. Add it under `agents:` in autopilot.yaml, or name a script by its path (./agent.sh).");
    }

    /// <summary>Whether a name, or a path, is that of an agent.</summary>
    public bool Knows(string name) => settings.ContainsKey(name) || (name.Contains('/', StringComparison.Ordinal) && File.Exists(name));

    /// <summary>The agent of this name.</summary>
    /// <exception cref="UserErrorException">There is no such agent; the message names those there are.</exception>
    public IAgent Get(string name)
    {
        var entry = Settings(name);
        return entry.Kind switch
        {
            Replay => new ReplayAgent(entry, shell.Workspaces, shell.Clock),
            "claude" => new ClaudeAgent(new ClaudeAdapter(), entry, shell),
            "codex" => new CodexAgent(new CodexAdapter(), entry, shell),
            _ => new SupervisedAgent(adapters[entry.Kind], entry, shell),
        };
    }

    /// <summary>Whether the agent can be used on this machine, and in which version it is there.</summary>
    public Task<AgentPresence> Probe(string name, CancellationToken cancellation)
    {
        var entry = Settings(name);
        return entry.Kind == Replay
            ? Task.FromResult(new AgentPresence(name, Replay, null, null, File.Exists(entry.Command[0]) ? null : $"There is no recording {entry.Command[0]}."))
            : probe.Look(adapters[entry.Kind], entry, cancellation);
    }

    /// <summary>What to do where an agent's program is sought by its name and is not installed; null when nothing is missing.</summary>
    public string? Missing(string name)
    {
        var entry = Settings(name);
        var byName = entry.Command is not [var program, ..] || !program.Contains('/', StringComparison.Ordinal);
        return byName && adapters.TryGetValue(entry.Kind, out var adapter) ? probe.Find(adapter, entry).Advice : null;
    }

    private static AgentSettings Checked(AgentSettings entry)
    {
        if (!Kinds.Contains(entry.Kind, StringComparer.Ordinal))
            throw new UserErrorException($"The agent '{entry.Name}' is of the unknown kind '{entry.Kind}'. Kinds: {string.Join(", ", Kinds)}.");
        if (entry is { Kind: "command", Command.Count: 0 })
            throw new UserErrorException($"The agent '{entry.Name}' is of kind command and needs `command:`, such as [./agent.sh].");
        if (entry is { Kind: Replay, Command.Count: 0 })
            throw new UserErrorException($"The agent '{entry.Name}' is of kind replay and needs `command:` with the recording, such as [trajectory.jsonl].");
        return entry;
    }
}
