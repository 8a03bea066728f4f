using System.Text.Json.Nodes;
using Autopilot.Core.Network;

namespace Autopilot.Core.Configuration;

/// <summary>on, off, or the hosts that may be reached.</summary>
public sealed class NetworkShape : Shape<NetworkAccess>
{
    public override string Expected => "on, off, or a list of hosts such as [api.example.com, '*.example.org', localhost:5432]";

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray("on", "off", true, false) },
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = new JsonObject { ["type"] = "string" } }),
    };

    public override NetworkAccess? Read(ConfigurationNode node, Findings findings) => node switch
    {
        ScalarNode { Text: "on" or "true" } => NetworkAccess.On,
        ScalarNode { Text: "off" or "false" } => NetworkAccess.Off,
        SequenceNode { Items.Count: > 0 } list => Hosts(list, findings),
        _ => Unfit(node, findings),
    };

    private NetworkAccess? Hosts(SequenceNode list, Findings findings)
    {
        var rules = new List<HostRule>();
        foreach (var (index, item) in list.Items.Index())
            if (findings.Within(index.ToString(), () => Host(item, findings)) is { } rule) rules.Add(rule);
        return rules.Count == list.Items.Count ? NetworkAccess.To(rules) : null;
    }

    private static HostRule? Host(ConfigurationNode node, Findings findings)
    {
        if (node is ScalarNode { Text: var text } && HostRule.TryParse(text) is { } rule) return rule;
        findings.Add(node.Origin, $"Expected a host such as api.example.com, '*.example.org' or localhost:5432{(node is ScalarNode scalar ? $", not '{scalar.Text}'" : "")}. A URL or a path is none.");
        return null;
    }
}
