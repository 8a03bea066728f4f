using System.Text.Json;

using Autopilot.Core.Agents;

namespace Autopilot.Agents.Translation;

/// <summary>Reads fields of objects whose shape nobody promises: what is absent or of another type is null.</summary>
internal static class JsonReading
{
    public static JsonElement? Get(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? Get(this JsonElement? json, string name) => json?.Get(name);

    public static string? Text(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static string? Text(this JsonElement? json, string name) => json?.Text(name);

    public static bool Is(this JsonElement json, string name, ReadOnlySpan<byte> value) =>
        json.Get(name) is { ValueKind: JsonValueKind.String } text && text.ValueEquals(value);

    public static bool True(this JsonElement json, string name) => json.Get(name)?.ValueKind == JsonValueKind.True;

    public static long Count(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number is > 0 and <= TokenUsage.Most ? number : 0;

    public static int? Number(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static decimal? Decimal(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number) ? number : null;

    /// <summary>An amount of USD that somebody can have spent.</summary>
    public static decimal? Money(this JsonElement json, string name) => json.Decimal(name) is >= 0 and <= UsageReported.MostUsd and { } usd ? usd : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement? json, string name) => json?.Items(name) ?? [];
}
