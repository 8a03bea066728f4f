using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Engine.Ledger;

namespace Autopilot.Commands.Governor;

/// <summary><c>counters</c>: how often everything happened since the state began, for people and for Prometheus.</summary>
internal static class CountersCommand
{
    public static Command Build(Application application)
    {
        var json = CommonOptions.Json();
        var command = new Command("counters", "Show how often transitions, refusals, repairs and the like happened, as Prometheus text or JSON.") { json };
        command.SetAction((parsed, _) => Run(application, parsed.GetValue(json)));
        return command.WithExamples("autopilot counters", "autopilot counters --json");
    }

    private static async Task<int> Run(Application application, bool json)
    {
        var desk = new GovernorDesk(application);
        _ = await desk.Read();
        var lines = OfJournal(desk.Machine.Entries());
        if (File.Exists(desk.Home.Ledger))
        {
            await using var store = LedgerSchema.Open(desk.Home, application.Clock);
            lines.AddRange((await LedgerReport.Counters(store)).Select(c => new CounterLine(c.Name, c.Labels, c.Value)));
        }

        if (json) application.Terminal.Json(lines, GovernorCommandJson.Default.ListCounterLine);
        else Show(lines, application);
        return ExitCodes.Done;
    }

    /// <summary>What the journal tells needs no counting of its own, and so can never disagree with it.</summary>
    private static List<CounterLine> OfJournal(IEnumerable<JournalEntry> entries) =>
        entries.GroupBy(Label, StringComparer.Ordinal)
            .Select(group => new CounterLine(group.Key.Split('|')[0], group.Key.Split('|')[1], group.Count()))
            .OrderBy(line => line.Name, StringComparer.Ordinal).ThenBy(line => line.Labels, StringComparer.Ordinal)
            .ToList();

    private static string Label(JournalEntry entry) => entry.Event switch
    {
        // What is no mode was never asked of the table: work, an answer, the kill switch.
        JournalEvents.Refusal when GovernanceNames.ParseMode(entry.To, out _) is null => $"autopilot_refusals_total|actor=\"{entry.Actor}\",code=\"{entry.Code}\",what=\"{Word(entry.To)}\"",
        JournalEvents.Transition or JournalEvents.Refusal =>
            $"autopilot_transitions_total|actor=\"{entry.Actor}\",from_mode=\"{entry.From}\",outcome=\"{(entry.Code is null ? "allowed" : "blocked")}\",to_mode=\"{entry.To}\"",
        _ => $"autopilot_journal_events_total|event=\"{entry.Event}\"",
    };

    // Journals of older versions have the words of an answer here, which an agent may have chosen.
    private static string Word(string to) => to.Length <= 20 && to.All(c => char.IsAsciiLetter(c) || c is '_' or '-') ? to : "answer";

    private static void Show(List<CounterLine> lines, Application application)
    {
        foreach (var name in lines.GroupBy(l => l.Name, StringComparer.Ordinal))
        {
            application.Terminal.Result($"# TYPE {name.Key} counter");
            foreach (var line in name) application.Terminal.Result(line.Labels.Length > 0 ? $"{line.Name}{{{line.Labels}}} {line.Value}" : $"{line.Name} {line.Value}");
        }
    }
}
