using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autopilot.Core.Configuration;

namespace Autopilot.Core.Loops.Phases;

/// <summary>Reads and writes <c>phase_plan.yaml</c>.</summary>
public static partial class PhasePlanText
{
    /// <summary>Reads a plan; what agents get wrong most, a value that begins with a backtick, is mended first.</summary>
    /// <returns>The plan, or everything that is wrong with it as sentences for the agent.</returns>
    public static (PhasePlan? Plan, IReadOnlyList<string> Errors) Parse(string text)
    {
        var (root, problem) = Load(text);
        if (root is null && Mended(text) is { } mended) (root, problem) = Load(mended);
        if (root is null) return (null, [problem!]);
        var check = new PhasePlanCheck();
        var plan = check.Read(root);
        return check.Errors.Count == 0 ? (plan, []) : (null, check.Errors);
    }

    /// <summary>The plan in its canonical form, which <see cref="Parse"/> reads back.</summary>
    public static string Write(PhasePlan plan, string taskId)
    {
        var text = new StringBuilder($"version: 1\ntask_id: {Quoted(taskId)}\nrequest_snapshot_ref: request.md\nphases:\n");
        foreach (var phase in plan.Phases)
        {
            text.Append($"  - phase_id: {Quoted(phase.Id)}\n    title: {Quoted(phase.Title)}\n    objective: {Quoted(phase.Objective)}\n    status: planned\n");
            AppendList(text, "in_scope", phase.InScope);
            AppendList(text, "out_of_scope", phase.OutOfScope);
            AppendList(text, "dependencies", phase.Dependencies);
            AppendList(text, "deliverables", phase.Deliverables);
            AppendList(text, "risks", phase.Risks);
            AppendList(text, "rollback", phase.Rollback);
            if (phase.Verification is { } command) text.Append($"    verification: {Quoted(command)}\n");
            if (phase.Acceptance.Count > 0) text.Append("    acceptance_criteria:\n");
            foreach (var point in phase.Acceptance) text.Append($"      - id: {Quoted(point.Id)}\n        text: {Quoted(point.Text)}\n");
        }

        return text.ToString();
    }

    private static (MappingNode? Root, string? Problem) Load(string text)
    {
        try
        {
            return (ConfigurationText.Parse(text, "phase_plan.yaml"), null);
        }
        catch (ConfigurationException error)
        {
            return (null, string.Join(" ", error.Problems.Select(p => p.ToString())));
        }
    }

    private static string? Mended(string text) =>
        BacktickScalar().IsMatch(text) ? BacktickScalar().Replace(text, m => m.Groups["before"].Value + Quoted(m.Groups["value"].Value.TrimEnd())) : null;

    private static void AppendList(StringBuilder text, string name, IReadOnlyList<string> items)
    {
        if (items.Count == 0) return;
        text.Append($"    {name}:\n");
        foreach (var item in items) text.Append($"      - {Quoted(item)}\n");
    }

    // A JSON string is a YAML string.
    private static string Quoted(string text)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            writer.WriteStringValue(text);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    [GeneratedRegex(@"^(?<before>[ \t]*(- +)*([A-Za-z_]+: +)?)(?<value>`.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BacktickScalar();
}
