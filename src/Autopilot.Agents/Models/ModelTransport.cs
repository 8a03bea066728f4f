using System.Net.Http.Headers;
using Autopilot.Core.Agents;
using Autopilot.Core.Models;

namespace Autopilot.Agents.Models;

/// <summary>Carries requests to an endpoint, and turns what is no answer into the one failure that all clients share.</summary>
/// <remarks>The clients of the vendors each have exceptions of their own; below them there is only HTTP.</remarks>
public sealed class ModelTransport(HttpMessageHandler inner, TimeProvider clock) : DelegatingHandler(inner)
{
    private const int LongestMessage = 2000;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType != "text/html") return response;
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            throw Failure(request.RequestUri, (int)response.StatusCode, body, response.Headers.RetryAfter);
        }
    }

    private ModelFailedException Failure(Uri? address, int status, string body, RetryConditionHeaderValue? retryAfter)
    {
        var said = body.Length <= LongestMessage ? body : body[..LongestMessage] + " ...";
        var kind = HttpFailure.Classify(status, body);
        var now = clock.GetUtcNow();
        return new ModelFailedException(kind, $"{address?.GetLeftPart(UriPartial.Path)} answered {status}: {said}")
        {
            // Some say it in the body only.
            RetryAt = retryAfter?.Delta is { } wait ? now + (wait < RetryTime.Longest ? wait : RetryTime.Longest) : RetryTime.Believed(retryAfter?.Date ?? RetryTime.Find(body, now), now),
        };
    }
}
