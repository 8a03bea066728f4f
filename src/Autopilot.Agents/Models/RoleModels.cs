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
/// <param name="clock">Tells how long a provider is still limited; null for the system's.</param>
public sealed class RoleModels(ModelCatalog catalog, RoleResolver roles, IGovernor governor, Func<string?, TokenUsage, decimal?> price, TimeProvider? clock = null)
{
    /// <summary>Asks for free text.</summary>
    /// <exception cref="ModelFailedException">There is no answer.</exception>
    /// <exception cref="PermitRefusedException">It may not be asked.</exception>
    public async Task<ModelAnswer<string>> Ask(ModelQuestion question, CancellationToken cancellation)
    {
        var exchange = new Exchange(await Answerer(question.Role, cancellation), price);
        return await Permitted(question, exchange, async () =>
        {
            var text = await exchange.Say(Opening(question, null), null, cancellation);
            return exchange.Answer(text, text);
        }, cancellation);
    }

    /// <summary>Asks for an answer of a form. One that cannot be read is sent back once, with what is wrong with it.</summary>
    /// <exception cref="UnreadableAnswerException">Neither the answer nor its repair can be read; it carries the text.</exception>
    /// <exception cref="ModelFailedException">There is no answer.</exception>
    /// <exception cref="PermitRefusedException">It may not be asked.</exception>
    public async Task<ModelAnswer<T>> Ask<T>(ModelQuestion question, AnswerForm<T> form, CancellationToken cancellation)
        where T : class
    {
        var exchange = new Exchange(await Answerer(question.Role, cancellation), price);
        return await Permitted(question, exchange, async () =>
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
        }, cancellation);
    }

    private async Task<TAnswer> Permitted<TAnswer>(ModelQuestion question, Exchange exchange, Func<Task<TAnswer>> ask, CancellationToken cancellation)
    {
        using (exchange)
        {
            var request = new PermitRequest
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
            await using var permit = await governor.Acquire(request, cancellation);
            try
            {
                return await ask();
            }
            finally
            {
                // What was used is spent, whether or not an answer came of it, and also when the asker has been told to stop.
                if (exchange.Asked) await permit.Settle(exchange.Usage, exchange.CostUsd, CancellationToken.None);
            }
        }
    }

    private async Task<Answerer> Answerer(string role, CancellationToken cancellation)
    {
        switch (await ProviderChoice.Choose(governor, roles.ResolveAll(role), VendorOf, clock ?? TimeProvider.System, cancellation))
        {
            case RoleTarget.OfModel model:
                var settings = catalog.Settings(model.Name);
                var paid = settings.Kind == ModelKinds.Agent ? catalog.Agent(settings.Agent!).Capabilities.SpendsMoney : !settings.IsLocal;
                return new Answerer(model.Name, settings.VendorName, settings.Model, paid, catalog.Open(model.Name));
            case RoleTarget.OfAgent target:
                var agent = catalog.Agent(target.Name);
                return new Answerer(agent.Name, agent.Vendor, target.Model, agent.Capabilities.SpendsMoney, catalog.OpenAgent(target.Name, target.Model));
            default:
                throw new InvalidOperationException("A role is played by an agent or a model.");
        }
    }

    private string VendorOf(RoleTarget target) => target switch
    {
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
