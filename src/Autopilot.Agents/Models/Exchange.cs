using Autopilot.Core.Agents;
using Autopilot.Core.Models;
using Microsoft.Extensions.AI;

namespace Autopilot.Agents.Models;

/// <summary>One question with its attempts, and what they took together.</summary>
internal sealed class Exchange(Answerer answerer, Func<string?, TokenUsage, decimal?> price) : IDisposable
{
    private bool costUnknown;
    private string? model = answerer.Model;
    private int attempts;
    private string basis = answerer.SpendsMoney ? "unknown" : "local";
    private decimal cost;

    public string Name => answerer.Name;

    public string? Model => answerer.Model;

    public string Vendor => answerer.Vendor;

    public bool SpendsMoney => answerer.SpendsMoney;

    /// <summary>True once something may have been spent.</summary>
    public bool Asked => attempts > 0;

    public TokenUsage Usage { get; private set; }

    /// <summary>In USD; null when the cost of any attempt is unknown.</summary>
    public decimal? CostUsd => costUnknown ? null : cost;

    public async Task<string> Say(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellation)
    {
        try
        {
            var response = await answerer.Client.GetResponseAsync(messages, options, cancellation);
            model = response.ModelId ?? model;
            Book(ReportedUsage.Of(response), ReportedUsage.CostOf(response));
            return response.Text;
        }
        catch (ModelFailedException e) when (e.Usage.Total > 0 || e.CostUsd is not null)
        {
            Book(e.Usage, e.CostUsd);
            throw;
        }
        catch (Exception e) when (e is OperationCanceledException or ModelFailedException { Failure: FailureKind.Silence or FailureKind.BrokenStream or FailureKind.MalformedOutput })
        {
            // The model may have worked, and been paid, for an answer that never arrived.
            attempts++;
            costUnknown |= SpendsMoney;
            throw;
        }
    }

    public ModelAnswer<T> Answer<T>(T value, string text) => new(value, text, model, Usage, CostUsd, costUnknown ? "unknown" : basis, attempts);

    /// <summary>How it ended, as a provider's health is told.</summary>
    /// <param name="failure">Null when there is an answer.</param>
    public AgentOutcome Outcome(ModelFailedException? failure) => new()
    {
        Kind = failure is null ? OutcomeKind.Completed : OutcomeKind.Failed,
        Failure = failure?.Failure ?? FailureKind.None,
        Detail = failure?.Message ?? "answered",
        RetryAt = failure?.RetryAt,
        Model = model,
        Usage = Usage,
        CostUsd = CostUsd,
    };

    /// <summary>How it ended when nobody waited for its end.</summary>
    public AgentOutcome Cancelled() => new() { Kind = OutcomeKind.Cancelled, Detail = "cancelled", Model = model, Usage = Usage, CostUsd = CostUsd };

    public void Dispose() => answerer.Client.Dispose();

    private void Book(TokenUsage usage, decimal? reported)
    {
        attempts++;
        Usage += usage;
        if (!SpendsMoney && reported is null) return; // what is free by its nature is not; what says what it cost is believed
        var known = reported ?? (usage.Total > 0 ? price(model, usage) : null);
        basis = reported is not null ? "agent" : "price-table";
        costUnknown |= known is null;
        cost += known ?? 0;
    }
}
