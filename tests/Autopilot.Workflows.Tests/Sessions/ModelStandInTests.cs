using Autopilot.Agents.Models;
using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Core.Models;
using Autopilot.ModelServer;
using Autopilot.ModelServer.Scenarios;

namespace Autopilot.Workflows.Tests.Sessions;

/// <summary>Models in a role, asked under the real governor: who answers when the provider of the first does not, and what the breakers learn of it.</summary>
public sealed class ModelStandInTests : IAsyncLifetime
{
    private readonly GovernedPlace place = new();
    private readonly Dictionary<string, Queue<ModelReply>> replies = new() { ["first"] = [], ["second"] = [] };
    private ScenarioServer server = null!;
    private ModelCatalog catalog = null!;

    public async Task InitializeAsync()
    {
        server = await ScenarioServer.Start();
        server.Book.Add(request => replies[request.Model].TryDequeue(out var reply) ? reply : ModelReply.Say(request.Model));
        catalog = new ModelCatalog(
            [
                new() { Name = "first", Kind = ModelKinds.Anthropic, Model = "first", Url = server.Url, Vendor = "one", ApiKeyEnv = "FAKE_KEY", Timeout = TimeSpan.FromDays(30) },
                new() { Name = "second", Kind = ModelKinds.OpenAi, Model = "second", Url = server.OpenAiUrl, Vendor = "two", ApiKeyEnv = "FAKE_KEY", Timeout = TimeSpan.FromDays(30) },
            ],
            name => throw new UserErrorException($"There is no agent {name}."),
            _ => "sk-fake",
            place.Clock);
    }

    public async Task DisposeAsync()
    {
        catalog.Dispose();
        await server.DisposeAsync();
        await place.DisposeAsync();
    }

    [Fact]
    public async Task A_refused_key_hands_over_and_is_counted()
    {
        Fails("first", Fault.OfStatus(401));
        Assert.Equal("second", await Ask());
        Assert.Equal(["one released", "two settled"], await place.Permits());
        Assert.Contains("autopilot_session_failures_total{cause=\"badkey\",provider=\"one\"}", await place.Counters());
    }

    [Fact]
    public async Task A_rate_limit_hands_over_and_its_provider_is_left_alone_until_it_is_back()
    {
        Fails("first", Fault.RateLimit(1800));
        Assert.Equal(["second", "second"], [await Ask(), await Ask()]);
        Assert.Equal(TimeSpan.FromMinutes(30), await place.Blocked("one"));
        Assert.Equal(["first", "second", "second"], Asked);
        place.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("first", await Ask());
    }

    [Fact]
    public async Task A_rate_limit_that_tells_its_end_in_words_is_believed()
    {
        Fails("second", Fault.OfStatus(429, message: "Rate limit reached for second. Please try again in 20m."));
        await Assert.ThrowsAsync<ModelFailedException>(() => Ask("second"));
        Assert.Equal(TimeSpan.FromMinutes(20), await place.Blocked("two"));
    }

    [Fact]
    public async Task Used_up_credit_hands_over()
    {
        Fails("first", Fault.OfStatus(400, message: "Your credit balance is too low to access the API."));
        Assert.Equal("second", await Ask());
        Assert.Equal(Breaker.UnknownLimit, await place.Blocked("one"));
    }

    [Fact]
    public async Task An_overload_passes_by_itself_until_the_breaker_opens()
    {
        for (var i = 0; i < Breaker.Threshold; i++) Fails("first", Fault.OfStatus(529));
        for (var i = 1; i < Breaker.Threshold; i++) Assert.Equal(FailureKind.Overload, (await Assert.ThrowsAsync<ModelFailedException>(() => Ask())).Failure);
        Assert.Null(await place.Blocked("one"));
        Assert.Equal("second", await Ask());
        Assert.Equal(Breaker.Cooldown, await place.Blocked("one"));
        Assert.Contains("autopilot_breaker_opened_total{provider=\"one\"}", await place.Counters());
        place.Clock.Advance(Breaker.Cooldown);
        Assert.Equal("first", await Ask());
        Assert.Null(await place.Blocked("one"));
    }

    [Fact]
    public async Task An_answer_forgets_the_failures_before_it()
    {
        for (var round = 0; round < Breaker.Threshold; round++)
        {
            Fails("first", Fault.OfStatus(529));
            await Assert.ThrowsAsync<ModelFailedException>(() => Ask());
            Assert.Equal("first", await Ask());
        }

        Assert.Null(await place.Blocked("one"));
    }

    [Fact]
    public async Task A_probe_that_is_cancelled_lets_the_next_one_try()
    {
        for (var i = 0; i < Breaker.Threshold; i++) Fails("first", Fault.OfStatus(529));
        for (var i = 0; i < Breaker.Threshold; i++) await Assert.ThrowsAsync<ModelFailedException>(() => Ask("first"));
        place.Clock.Advance(Breaker.Cooldown);
        Fails("first", new Fault(FaultKind.Hang));
        using var stop = new CancellationTokenSource();
        var probe = Ask("first", stop.Token);
        await server.Log.First(served => served.Fault == nameof(FaultKind.Hang));
        Assert.NotNull(await place.Blocked("one"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
        Assert.Null(await place.Blocked("one"));
        Assert.Equal("first", await Ask("first"));
    }

    [Fact]
    public async Task Where_all_keys_are_refused_the_last_refusal_is_told()
    {
        Fails("first", Fault.OfStatus(401));
        Fails("second", Fault.OfStatus(401, message: "none here either"));
        var failed = await Assert.ThrowsAsync<ModelFailedException>(() => Ask());
        Assert.Contains("none here either", failed.Message, StringComparison.Ordinal);
        Assert.Equal(["first", "second"], Asked);
    }

    [Fact]
    public async Task A_fault_of_its_own_is_no_reason_for_another()
    {
        Fails("first", Fault.OfStatus(400, message: "prompt is too long: 210000 tokens > 200000 maximum"));
        Assert.Equal(FailureKind.ContextOverflow, (await Assert.ThrowsAsync<ModelFailedException>(() => Ask())).Failure);
        Assert.Equal(["first"], Asked);
    }

    [Fact]
    public async Task A_limit_longer_than_the_longest_wait_is_not_waited_for_where_another_can_be()
    {
        Fails("first", Fault.RateLimit((int)TimeSpan.FromDays(5).TotalSeconds));
        Fails("second", Fault.RateLimit(120));
        Assert.Equal(FailureKind.RateLimit, (await Assert.ThrowsAsync<ModelFailedException>(() => Ask())).Failure);
        var waiting = Ask();
        while (!waiting.IsCompleted)
        {
            place.Clock.Advance(TimeSpan.FromSeconds(1));
            await place.Permits();
        }

        Assert.Equal("second", await waiting);
        Assert.Equal(["first", "second", "second"], Asked);
    }

    private IEnumerable<string> Asked => server.Log.Served.Select(served => served.Request.Model);

    private void Fails(string model, Fault fault) => replies[model].Enqueue(ModelReply.Fail(fault));

    private async Task<string> Ask(string role = "planner", CancellationToken cancellation = default)
    {
        var roles = new RoleResolver(
            new Dictionary<string, RoleBinding>
            {
                ["planner"] = new("first", null, new RoleBinding("second")),
                ["first"] = new("first"),
                ["second"] = new("second"),
            },
            [],
            catalog.Names);
        var models = new RoleModels(catalog, roles, place.Governor, (_, _) => null, place.Clock);
        return (await models.Ask(new ModelQuestion { Role = role, Prompt = "Plan.", RunId = "run" }, cancellation)).Value;
    }
}
