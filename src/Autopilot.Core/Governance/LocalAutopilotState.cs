using System.Globalization;
using System.Text.Json;

namespace Autopilot.Core.Governance;

/// <summary>The state file of Local Autopilot, <c>autopilot_state.json</c>, version 1.</summary>
/// <param name="State">What holds by it.</param>
/// <param name="History">How that came to be, the oldest first.</param>
public sealed record LocalAutopilotState(ModeState State, IReadOnlyList<ImportedTransition> History)
{
    private const int KnownVersion = 1;

    /// <summary>Reads it whole, or not at all.</summary>
    /// <param name="text">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="UserErrorException">It is no such file; the message says what is wrong and where.</exception>
    public static LocalAutopilotState Parse(string text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement, name);
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"{name} is no state file of Local Autopilot: it is not JSON ({error.Message})", inner: error);
        }
    }

    private static LocalAutopilotState Read(JsonElement root, string name)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Wrong(name, "", "an object is expected");
        if (!root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != KnownVersion)
            throw Wrong(name, "version", $"{KnownVersion} is expected; other versions are not known");
        var mode = ModeOf(root, "mode", name, "");
        var actor = ActorOf(root, "set_by", name, "");
        var at = TimeOf(root, "set_at", name, "") ?? throw Wrong(name, "set_at", "a time is expected");
        var until = TimeOf(root, "temporary_until", name, "");
        if (mode == Mode.OnTemporary && until is null) throw Wrong(name, "temporary_until", "a temporary period needs its end");
        var history = HistoryOf(root, name);
        var state = new ModeState
        {
            Mode = mode,
            SetBy = actor,
            SetAt = at,
            Until = mode == Mode.OnTemporary ? until : null,
            Since = mode == Mode.OnTemporary ? Beginning(history, actor, at) : null,
            Reason = TextOf(root, "temporary_reason") is { Length: > 0 } reason ? reason : history.LastOrDefault()?.Reason ?? "",
        };
        return new LocalAutopilotState(state, history);
    }

    /// <summary>When the unbroken temporary period began: lengthening one begins none.</summary>
    private static DateTimeOffset Beginning(List<ImportedTransition> history, Actor actor, DateTimeOffset at)
    {
        foreach (var past in Enumerable.Reverse(history))
        {
            if (past.To != Mode.OnTemporary || past.Actor != actor) break;
            if (past.At < at) at = past.At;
            if (past.From != Mode.OnTemporary) break;
        }

        return at;
    }

    private static List<ImportedTransition> HistoryOf(JsonElement root, string name)
    {
        if (!root.TryGetProperty("transition_history", out var list)) return [];
        if (list.ValueKind != JsonValueKind.Array) throw Wrong(name, "transition_history", "a list is expected");
        return
        [
            .. list.EnumerateArray().Index().Select(entry => (Place: $"transition_history[{entry.Index}].", entry.Item)).Select(entry => new ImportedTransition(
                TimeOf(entry.Item, "ts", name, entry.Place) ?? throw Wrong(name, entry.Place + "ts", "a time is expected"),
                ModeOf(entry.Item, "from", name, entry.Place),
                ModeOf(entry.Item, "to", name, entry.Place),
                ActorOf(entry.Item, "actor", name, entry.Place),
                TextOf(entry.Item, "reason") ?? "")),
        ];
    }

    private static Mode ModeOf(JsonElement owner, string key, string name, string place) =>
        GovernanceNames.ParseMode(TextOf(owner, key), out _) ?? throw Wrong(name, place + key, "off, on_temporary or on_permanent is expected");

    private static Actor ActorOf(JsonElement owner, string key, string name, string place) =>
        GovernanceNames.ParseActor(TextOf(owner, key), out _) ?? throw Wrong(name, place + key, "user or atlas is expected");

    private static DateTimeOffset? TimeOf(JsonElement owner, string key, string name, string place) => TextOf(owner, key) switch
    {
        null => null,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.ToUniversalTime(),
        _ => throw Wrong(name, place + key, "a time such as 2026-01-31T18:00:00+00:00 is expected"),
    };

    private static string? TextOf(JsonElement owner, string key) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static UserErrorException Wrong(string name, string key, string expected) =>
        new($"{name} is no state file of Local Autopilot that can be imported: {(key.Length > 0 ? $"'{key}': " : "")}{expected}. Nothing was imported.");
}
