using System.CommandLine;
using Autopilot.Core.Configuration;

namespace Autopilot.Commands.Missions;

/// <summary>The flags of a mission that stand above the configuration.</summary>
internal sealed class MissionOptions
{
    public Option<string?> Workers { get; } = new("--workers", "-w") { Description = "How many workers at once.", HelpName = "N" };

    public Option<string?> Agent { get; } = new("--agent", "-a") { Description = "The agent that plays every role that is not bound otherwise.", HelpName = "NAME" };

    public Option<string?> Verify { get; } = new("--verify") { Description = "The command that decides whether a tree is good.", HelpName = "COMMAND" };

    public Option<string?> Green { get; } = new("--green") { Description = "The branch that becomes green.", HelpName = "BRANCH" };

    public Option<string?> MaxBudget { get; } = new("--max-budget", "-b") { Description = "The most to spend, in USD.", HelpName = "USD" };

    public Option<string?> MaxTime { get; } = new("--max-time") { Description = "The longest it may take, such as 90m or 8h.", HelpName = "DURATION" };

    public Option<bool> ApproveAll { get; } = new("--approve-all") { Description = "Approve in advance whatever this mission will ask; recorded as your answer." };

    public Option<bool> Chain { get; } = new("--chain") { Description = "At its end, have the next mission proposed and go on with it; see mission.chain_max_depth." };

    public IEnumerable<Option> All => [Workers, Agent, Verify, Green, MaxBudget, MaxTime, Chain, ApproveAll];

    /// <summary>What was given, as the top layer of the configuration.</summary>
    public ConfigurationLayer Layer(ParseResult parsed) => ConfigurationLayer.OfFlags(
        new (ConfigurationKey Key, Option<string?> Option)[] { (MissionKeys.Workers, Workers), (MissionKeys.Green, Green), (MissionKeys.MaxBudget, MaxBudget), (MissionKeys.MaxTime, MaxTime) }
            .Where(f => parsed.GetValue(f.Option) is not null)
            .Select(f => (f.Key, f.Option.Name, parsed.GetValue(f.Option)!))
            .Concat(parsed.GetValue(Chain) ? [(MissionKeys.Chain, Chain.Name, "true")] : []));
}
