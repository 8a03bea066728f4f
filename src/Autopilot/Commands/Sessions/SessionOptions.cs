using System.CommandLine;
using System.CommandLine.Parsing;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Configuration;

namespace Autopilot.Commands.Sessions;

/// <summary>Options that set keys of the configuration for one session, and the agent.</summary>
internal sealed class SessionOptions
{
    public Option<string?> Agent { get; } = new("--agent") { Description = "Who does it: claude, codex, command, an agent of autopilot.yaml, or a script by its path (./agent.sh). By default the one of the role `worker`.", HelpName = "NAME" };

    public Option<string?> Command { get; } = new("--command") { Description = "With --agent command: the executable and its arguments.", HelpName = "COMMAND" };

    public Option<string?> Model { get; } = new("--model", "-m") { Description = "The model, as the agent names it.", HelpName = "MODEL" };

    public Option<string?> Budget { get; } = new("--max-budget", "-b") { Description = "The most this session may spend in USD, such as 2.50; `none` for no limit.", HelpName = "USD" };

    public Option<string?> MaxTurns { get; } = new("--max-turns") { Description = "The most turns the agent may take.", HelpName = "N" };

    public Option<string?> Timeout { get; } = new("--timeout") { Description = "The longest it may take, such as 20m.", HelpName = "DURATION" };

    /// <summary>What the flags say, as the uppermost layer of the configuration.</summary>
    public ConfigurationLayer Layer(ParseResult parsed) => ConfigurationLayer.OfFlags(
        new (ConfigurationKey Key, Option<string?> Option)[] { (BudgetKeys.Session, Budget), (SessionKeys.MaxTurns, MaxTurns), (SessionKeys.Timeout, Timeout) }
            .Where(f => parsed.GetValue(f.Option) is not null)
            .Select(f => (f.Key, f.Option.Name, parsed.GetValue(f.Option)!)));

    /// <summary>The agent that <c>--command</c> describes; none without it.</summary>
    public IEnumerable<AgentSettings> Given(ParseResult parsed)
    {
        if (parsed.GetValue(Command) is not { } line) yield break;
        if (parsed.GetValue(Agent) is not (null or "command")) throw new UserErrorException("--command goes with --agent command only.");
        var words = CommandLineParser.SplitCommandLine(line).ToArray();
        if (words.Length == 0) throw new UserErrorException("--command needs an executable, such as --command ./agent.sh.");
        yield return new AgentSettings { Name = "command", Kind = "command", Command = words };
    }
}
