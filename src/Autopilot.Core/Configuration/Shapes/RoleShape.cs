using System.Text.Json.Nodes;

namespace Autopilot.Core.Configuration;

/// <summary>Who plays a role: one, or several of whom a later one stands in for those before it.</summary>
public sealed class RoleShape(Shape<RoleBinding> one) : Shape<RoleBinding>
{
    public override string Expected => $"{one.Expected}, or a list of them of which a later one stands in for those before it";

    public override IReadOnlyList<ConfigurationKey> Members => one.Members;

    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(one.Schema(), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = one.Schema() }),
    };

    public override RoleBinding? Read(ConfigurationNode node, Findings findings)
    {
        if (node is not SequenceNode list) return one.Read(node, findings);
        if (list.Items.Count == 0) return Unfit(node, findings);
        RoleBinding? chain = null;
        foreach (var (index, item) in list.Items.Index().Reverse())
            if (findings.Within(index.ToString(), () => one.Read(item, findings)) is { } binding) chain = binding with { Otherwise = chain };
        return chain;
    }

    public override string Write(RoleBinding value) => value.Otherwise is null ? one.Write(value) : $"[{string.Join(", ", value.All.Select(one.Write))}]";
}
