using Autopilot.Core.Agents;
using Autopilot.Core.Models;
using Autopilot.ModelServer.Scenarios;
using Microsoft.Extensions.AI;

namespace Autopilot.Agents.Tests.Models;

public class EndpointTests(ModelsFixture fixture) : IClassFixture<ModelsFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Endpoints => ["openai", "anthropic", "ollama"];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Each_endpoint_answers_with_its_usage(string name)
    {
        using var catalog = fixture.Catalog();
        using var client = catalog.Open(name);

        var response = await client.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "[[mock:hello]]")]);

        Assert.Equal("Hello from the scripted model.", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        var seen = fixture.Server.Log.Served.Last(s => s.Source == "hello" && s.Request.Model == catalog.Settings(name).Model);
        Assert.Equal("Be brief.", seen.Request.System);
        Assert.Equal(name == "ollama" ? null : "Bearer sk-fake", seen.Request.Headers.GetValueOrDefault("authorization"));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Each_endpoint_streams(string name)
    {
        using var catalog = fixture.Catalog();
        using var client = catalog.Open(name);

        var response = await client.GetStreamingResponseAsync("[[mock:hello]]").ToChatResponseAsync();

        Assert.Equal("Hello from the scripted model.", response.Text);
    }

    public static TheoryData<string, string, FailureKind> Failures()
    {
        var data = new TheoryData<string, string, FailureKind>();
        foreach (var name in new[] { "openai", "anthropic", "ollama" })
        {
            data.Add(name, "err-400", FailureKind.BadArguments);
            data.Add(name, "err-401", FailureKind.BadKey);
            data.Add(name, "err-404", FailureKind.UnknownModel);
            data.Add(name, "err-429", FailureKind.RateLimit);
            data.Add(name, "err-500", FailureKind.ServerError);
            data.Add(name, "err-529", FailureKind.Overload);
            data.Add(name, "err-credit", FailureKind.NoQuota);
            data.Add(name, "err-context", FailureKind.ContextOverflow);
            data.Add(name, "html-200", FailureKind.MalformedOutput);
            data.Add(name, "empty-200", FailureKind.MalformedOutput);
            data.Add(name, "reset", FailureKind.BrokenStream);
            data.Add(name, "broken-stream", FailureKind.BrokenStream);
            data.Add(name, "cut-length", FailureKind.OutputLimit);
            if (name != "ollama") data.Add(name, "refusal", FailureKind.Refusal);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Each_failure_has_its_kind(string name, string scenario, FailureKind expected)
    {
        var clock = new Testing.ManualClock();
        using var catalog = fixture.Catalog(clock: clock);
        using var client = catalog.Open(name);

        var failed = await Assert.ThrowsAsync<ModelFailedException>(() => client.GetResponseAsync($"[[mock:{scenario}]]"));

        Assert.True(expected == failed.Failure, $"{failed.Failure}: {failed.Message} {failed.InnerException}");
        if (scenario == "err-429") Assert.Equal(clock.GetUtcNow().AddSeconds(1), failed.RetryAt);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Nothing_is_retried_unseen(string name)
    {
        using var catalog = fixture.Catalog();
        using var client = catalog.Open(name);
        var scenario = $"overloaded-for-{name}";
        fixture.Server.Book.Add(scenario, ModelReply.Fail(Fault.OfStatus(529)));

        await Assert.ThrowsAsync<ModelFailedException>(() => client.GetResponseAsync($"[[mock:{scenario}]]"));

        Assert.Single(fixture.Server.Log.Served, s => s.Source == scenario);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Patience_ends(string name)
    {
        var clock = new Testing.ManualClock();
        using var catalog = fixture.Catalog(clock: clock, adjust: m => m with { Timeout = TimeSpan.FromHours(1) });
        using var client = catalog.Open(name);
        var scenario = $"silent-for-{name}";
        fixture.Server.Book.Add(scenario, ModelReply.Fail(new Fault(FaultKind.Hang)));
        var answer = client.GetResponseAsync($"[[mock:{scenario}]]");
        await fixture.Server.Log.First(s => s.Source == scenario).WaitAsync(Patience);

        clock.Advance(TimeSpan.FromHours(2));

        var failed = await Assert.ThrowsAsync<ModelFailedException>(() => answer.WaitAsync(Patience));
        Assert.Equal(FailureKind.Silence, failed.Failure);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task The_caller_can_stop(string name)
    {
        using var stop = new CancellationTokenSource();
        using var catalog = fixture.Catalog();
        using var client = catalog.Open(name);
        var scenario = $"stopped-for-{name}";
        fixture.Server.Book.Add(scenario, ModelReply.Fail(new Fault(FaultKind.Hang)));
        var answer = client.GetResponseAsync($"[[mock:{scenario}]]", cancellationToken: stop.Token);
        await fixture.Server.Log.First(s => s.Source == scenario).WaitAsync(Patience);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_refused_connection_is_a_broken_stream()
    {
        using var catalog = fixture.Catalog(adjust: m => m.Name == "openai" ? m with { Url = "http://127.0.0.1:1/v1" } : m);
        using var client = catalog.Open("openai");

        var failed = await Assert.ThrowsAsync<ModelFailedException>(() => client.GetResponseAsync("hello"));

        Assert.Equal(FailureKind.BrokenStream, failed.Failure);
    }

    [Fact]
    public async Task A_server_without_schemas_is_asked_without()
    {
        fixture.Server.Book.Add(r => r.Prompt.Contains("no schemas", StringComparison.Ordinal) && r.Body.ContainsKey("response_format")
            ? ModelReply.Fail(Fault.OfStatus(400, message: "response_format is not supported")) : null);
        using var catalog = fixture.Catalog();
        using var client = catalog.Open("openai");
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(System.Text.Json.JsonDocument.Parse("{}").RootElement) };

        Assert.Equal("ok", (await client.GetResponseAsync("no schemas here", options)).Text);
    }
}
