using System.Runtime.ExceptionServices;
using Autopilot.Core.Agents;
using Autopilot.Core.Governance;
using Autopilot.Core.Models;
using Microsoft.Extensions.AI;

namespace Autopilot.Agents.Models;

/// <summary>Asks whoever plays a role, model or agent alike, under a permit.</summary>
/// <param name="catalog">The models and agents there are.</param>
/// <param name="roles">Who plays what.</param>
/// <param name="governor">Grants the permits.</param>
/// <param name="price">The cost of some usage of a model, in USD; null when its price is unknown.</param>
/// <param name="clock">Tells how long a provider is still limited.</param>
public sealed class RoleModels(ModelCatalog catalog, RoleResolver roles, IGovernor governor, Func<string?, TokenUsage, decimal?> price, TimeProvider clock)
{
    /// <summary>Asks for free text.</summary>
    /// <exception cref="ModelFailedException">There is no answer.</exception>
    /// <exception cref="PermitRefusedException">It may not be asked.</exception>
    public Task<ModelAnswer<string>> Ask(ModelQuestion question, CancellationToken cancellation) => Relay(
        question,
        async exchange =>
        {
            var text = await exchange.Say(Opening(question, null), null, cancellation);
            return exchange.Answer(text, text);
        },
        cancellation);

    /// <summary>Asks for an answer of a form. One that cannot be read is sent back once, with what is wrong with it.</summary>
    /// <exception cref="UnreadableAnswerException">Neither the answer nor its repair can be read; it carries the text.</exception>
    /// <exception cref="ModelFailedException">There is no answer.</exception>
    /// <exception cref="PermitRefusedException">It may not be asked.</exception>
    public Task<ModelAnswer<T>> Ask<T>(ModelQuestion question, AnswerForm<T> form, CancellationToken cancellation)
        where T : class =>
        Relay(question, exchange => Ask(exchange, question, form, cancellation), cancellation);

    private static async Task<ModelAnswer<T>> Ask<T>(Exchange exchange, ModelQuestion question, AnswerForm<T> form, CancellationToken cancellation)
        where T : class
    {
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(form.Schema, "answer") };
        List<ChatMessage> messages = [.. Opening(question, form.Schema.GetRawText())];
        var text = await exchange.Say(messages, options, cancellation);
        var (value, problem) = form.Read(text);
        if (value is null)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, text));
            messages.Add(new ChatMessage(ChatRole.User, $"That answer cannot be used: {problem} Answer again, with nothing but JSON of the schema above."));
            text = await exchange.Say(messages, options, cancellation);
            (value, problem) = form.Read(text);
        }

        return value is null ? throw new UnreadableAnswerException(text, problem!) { Usage = exchange.Usage, CostUsd = exchange.CostUsd } : exchange.Answer(value, text);
    }

    /// <summary>Asks whoever's provider is to be had, and while one fails for its provider's fault, the next.</summary>
    private async Task<ModelAnswer<T>> Relay<T>(ModelQuestion question, Func<Exchange, Task<ModelAnswer<T>>> ask, CancellationToken cancellation)
    {
        ModelAnswer<T>? answer = null;
        ModelFailedException? failure = null;
        var ended = await ProviderChoice.Relay(governor, roles.ResolveAll(question.Role), VendorOf, clock, Play, cancellation);
        // Thrown on as it came, with where it came from.
        if (answer is null) ExceptionDispatchInfo.Throw(failure!);
        return answer with { CostUsd = answer.CostUsd is null ? null : ended.CostUsd };

        async Task<AgentOutcome> Play(RoleTarget target)
        {
            using var exchange = new Exchange(AnswererOf(target), price);
            await using var permit = await governor.Acquire(Permit(question, exchange), cancellation);
            var outcome = exchange.Cancelled();
            try
            {
                answer = await ask(exchange);
                return outcome = exchange.Outcome(null);
            }
            catch (ModelFailedException failed)
            {
                failure = failed;
                return outcome = exchange.Outcome(failed);
            }
            finally
            {
                if (governor is IProviderHealth health) await health.Report(permit, outcome, CancellationToken.None);
                // What was used is spent, whether or not an answer came of it, and also when the asker has been told to stop.
                if (exchange.Asked) await permit.Settle(exchange.Usage, exchange.CostUsd, CancellationToken.None);
            }
        }
    }

    private static PermitRequest Permit(ModelQuestion question, Exchange exchange) => new()
    {
        Kind = "model_call",
        RunId = question.RunId,
        Role = question.Role,
        Agent = exchange.Name,
        Model = exchange.Model,
        Provider = exchange.Vendor,
        SpendsMoney = exchange.SpendsMoney,
        CapUsd = question.CapUsd,
    };

    private Answerer AnswererOf(RoleTarget target)
    {
        switch (target)
        {
            case RoleTarget.OfModel model:
                var settings = catalog.Settings(model.Name);
                var paid = settings.Kind == ModelKinds.Agent ? catalog.Agent(settings.Agent!).Capabilities.SpendsMoney : !settings.IsLocal;
                return new Answerer(model.Name, VendorOf(target), settings.Model, paid, catalog.Open(model.Name));
            case RoleTarget.OfAgent { Name: var name, Model: var model }:
                var agent = catalog.Agent(name);
                return new Answerer(agent.Name, agent.Vendor, model, agent.Capabilities.SpendsMoney, catalog.OpenAgent(name, model));
            default:
                throw new InvalidOperationException("A role is played by an agent or a model.");
        }
    }

    // An agent that is asked like a model has the limits and the breaker of its sessions.
    private string VendorOf(RoleTarget target) => target switch
    {
        RoleTarget.OfModel model when catalog.Settings(model.Name) is { Kind: ModelKinds.Agent, Vendor: null } settings => catalog.Agent(settings.Agent!).Vendor,
        RoleTarget.OfModel model => catalog.Settings(model.Name).VendorName,
        RoleTarget.OfAgent agent => catalog.Agent(agent.Name).Vendor,
        _ => "",
    };

    private static IEnumerable<ChatMessage> Opening(ModelQuestion question, string? schema)
    {
        if (question.Instructions is { } instructions) yield return new ChatMessage(ChatRole.System, instructions);
        var form = schema is null ? "" : $"\n\nAnswer with nothing but JSON of this schema:\n{schema}";
        yield return new ChatMessage(ChatRole.User, question.Prompt + form);
    }
}
