using System.Globalization;
using Autopilot.Core.Agents;
using Microsoft.Extensions.AI;

namespace Autopilot.Agents.Models;

/// <summary>Carries our count of tokens and money through the shared types, in which cached input is a part of the input.</summary>
internal static class ReportedUsage
{
    private const string CostKey = "autopilot.cost_usd";
    private const string CreationKey = "CacheCreationInputTokens";

    public static TokenUsage Of(ChatResponse response)
    {
        if (response.Usage is not { } usage) return TokenUsage.None;
        var read = usage.CachedInputTokenCount ?? 0;
        var written = usage.AdditionalCounts?.GetValueOrDefault(CreationKey) ?? 0;
        return new TokenUsage(Math.Max(0, (usage.InputTokenCount ?? 0) - read - written), usage.OutputTokenCount ?? 0, read, written).Since(TokenUsage.None);
    }

    public static UsageDetails Details(TokenUsage usage) => new()
    {
        InputTokenCount = usage.Input + usage.CacheRead + usage.CacheCreation,
        OutputTokenCount = usage.Output,
        CachedInputTokenCount = usage.CacheRead,
        TotalTokenCount = usage.Total,
        AdditionalCounts = new() { [CreationKey] = usage.CacheCreation },
    };

    /// <summary>The cost that the answerer itself reports, in USD; null when it reports none.</summary>
    public static decimal? CostOf(ChatResponse response) =>
        response.AdditionalProperties?.TryGetValue(CostKey, out var cost) == true && cost is not null ? Convert.ToDecimal(cost, CultureInfo.InvariantCulture) : null;

    public static AdditionalPropertiesDictionary? WithCost(decimal? costUsd) => costUsd is { } cost ? new() { [CostKey] = cost } : null;
}
