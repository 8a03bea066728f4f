using Autopilot.Core.Configuration;
using Autopilot.Core.Network;

namespace Autopilot.Core.Tests.Network;

public class HostRuleTests
{
    [Theory]
    [InlineData("api.example.com", "api.example.com", 443, true)]
    [InlineData("api.example.com", "API.Example.com.", 80, true)]
    [InlineData("api.example.com", "evil-api.example.com", 443, false)]
    [InlineData("api.example.com", "api.example.com.evil.org", 443, false)]
    [InlineData("api.example.com", "sub.api.example.com", 443, false)]
    [InlineData("*.example.com", "a.b.example.com", 443, true)]
    [InlineData("*.example.com", "example.com", 443, false)]
    [InlineData("*.example.com", "badexample.com", 443, false)]
    [InlineData("example.com:8443", "example.com", 8443, true)]
    [InlineData("example.com:8443", "example.com", 443, false)]
    [InlineData("127.0.0.1:80", "127.0.0.1", 80, true)]
    [InlineData("localhost", "127.0.0.1", 80, false)]
    [InlineData("[::1]:80", "::1", 80, true)]
    [InlineData("::1", "[::1]", 9, true)]
    public void A_rule_allows_its_host_and_port(string rule, string host, int port, bool allowed) => Assert.Equal(allowed, HostRule.TryParse(rule)!.Allows(host, port));

    [Theory]
    [InlineData("")]
    [InlineData("https://example.com")]
    [InlineData("example.com/path")]
    [InlineData("example.com:0")]
    [InlineData("example.com:70000")]
    [InlineData("example.com:x")]
    [InlineData("a b")]
    [InlineData("*")]
    [InlineData("a.*.com")]
    [InlineData("..")]
    public void What_is_no_host_is_no_rule(string text) => Assert.Null(HostRule.TryParse(text));

    [Theory]
    [InlineData("http://127.0.0.1:8080/v1", "127.0.0.1:8080")]
    [InlineData("https://api.example.com", "api.example.com:443")]
    [InlineData("ftp://x", null)]
    [InlineData("nonsense", null)]
    public void An_endpoint_is_a_rule_for_its_host_and_port(string url, string? rule) => Assert.Equal(rule, HostRule.OfUrl(url)?.ToString());

    [Theory]
    [InlineData("sandbox_network: on", "on")]
    [InlineData("sandbox_network: off", "off")]
    [InlineData("sandbox_network: [api.example.com, '*.example.org', 'localhost:5432']", "[api.example.com, *.example.org, localhost:5432]")]
    public void It_is_configured(string text, string shown) => Assert.Equal(shown, Read(text).Get(SessionKeys.SandboxNetwork)!.ToString());

    [Theory]
    [InlineData("sandbox_network: [https://example.com]", "A URL or a path is none.")]
    [InlineData("sandbox_network: sometimes", "Expected on, off, or a list of hosts")]
    [InlineData("sandbox_network: []", "Expected on, off, or a list of hosts")]
    public void What_does_not_fit_is_said(string text, string said) =>
        Assert.Contains(said, Assert.Throws<ConfigurationException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Endpoints_are_added_only_where_the_network_is_limited()
    {
        HostRule[] endpoint = [HostRule.OfUrl("http://127.0.0.1:1")!];
        Assert.Equal(NetworkAccess.Off, NetworkAccess.Off.With(endpoint));
        Assert.Equal(NetworkAccess.On, NetworkAccess.On.With(endpoint));
        Assert.True(NetworkAccess.To(HostRule.TryParse("a.b")!).With(endpoint).Allows("127.0.0.1", 1));
    }

    private static EffectiveConfiguration Read(string text) =>
        EffectiveConfiguration.Join(ConfigurationCatalogue.Product, [new ConfigurationLayer("a.yaml", ConfigurationText.Parse(text, "a.yaml"))]);
}
