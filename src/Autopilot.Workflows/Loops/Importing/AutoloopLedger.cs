using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Autopilot.Core.Loops.Ledger;

namespace Autopilot.Workflows.Loops.Importing;

/// <summary>Reads the ledger of autoloop, <c>decisions.txt</c>: a header line for each block, and under it the block's text.</summary>
internal static partial class AutoloopLedger
{
    /// <summary>The entries of a run, and those that name none; blocks without a text say nothing.</summary>
    public static IReadOnlyList<LedgerEntry> Parse(string text, string runId)
    {
        var headers = Header().Matches(text);
        var entries = new List<LedgerEntry>();
        foreach (var (index, header) in headers.Index())
        {
            var end = index + 1 < headers.Count ? headers[index + 1].Index : text.Length;
            var body = text[(header.Index + header.Length)..end].Trim();
            var said = Said(header.Groups["attributes"].Value);
            if (body.Length > 0 && said.GetValueOrDefault("run_id", runId) == runId) entries.Add(Entry(said, body));
        }

        return entries;
    }

    private static LedgerEntry Entry(Dictionary<string, string> said, string body)
    {
        var phase = said.GetValueOrDefault("phase_id");
        return new LedgerEntry(
            said.GetValueOrDefault("owner", "unknown"), said.GetValueOrDefault("pair", "unknown"), phase is "task-global" or "implicit-phase" ? null : phase, said.GetValueOrDefault("run_id", "an imported run"),
            said.GetValueOrDefault("entry") switch { "questions" => "question", "answers" => "answer", _ => "decision" }, said.GetValueOrDefault("source"),
            DateTimeOffset.TryParse(said.GetValueOrDefault("ts"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.UnixEpoch, body);
    }

    private static Dictionary<string, string> Said(string attributes)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match attribute in Attribute().Matches(attributes)) said[attribute.Groups["name"].Value] = WebUtility.HtmlDecode(attribute.Groups["value"].Value);
        return said;
    }

    [GeneratedRegex(@"^<(?:autoloop|superloop)-decisions-header\s(?<attributes>[^\n]*?)/?>[ \t\r]*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Header();

    [GeneratedRegex("(?<name>[a-z_]+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attribute();
}
