using Autopilot.Core.Agents;
using Autopilot.Core.Governance;

namespace Autopilot.Agents.Launching;

/// <summary>Builds the environment of an agent's process from nothing: what is not allowed by name is not there.</summary>
public static class AgentEnvironment
{
    /// <summary>The variable by which everything below an agent is recognised as such.</summary>
    public const string Marker = "AUTOPILOT_SESSION";

    private static readonly HashSet<string> allowed = new(StringComparer.Ordinal)
    {
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE",
        "DOTNET_ROOT", "JAVA_HOME", "GOPATH", "CARGO_HOME", "RUSTUP_HOME", "NVM_DIR", "VIRTUAL_ENV",
        "CLAUDE_CONFIG_DIR", "CODEX_HOME",
    };

    private static readonly string[] allowedPrefixes = ["LC_", "XDG_"];
    private static readonly string[] proxies = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy"];

    /// <summary>The environment: allow-listed variables, the adapter's own, the user's, and one credential.</summary>
    /// <param name="own">Autopilot's environment.</param>
    /// <param name="settings">The agent's entry in the configuration.</param>
    /// <param name="request">The session.</param>
    /// <param name="defaults">What the adapter sets unless the user says otherwise.</param>
    /// <param name="credential">The one secret the agent needs; null for none.</param>
    public static Dictionary<string, string> Build(
        IReadOnlyDictionary<string, string> own,
        AgentSettings settings,
        AgentRequest request,
        IReadOnlyDictionary<string, string> defaults,
        KeyValuePair<string, string>? credential)
    {
        var result = own.Where(v => IsAllowed(v.Key, v.Value)).ToDictionary(StringComparer.Ordinal);
        result["TERM"] = "dumb";
        Merge(result, defaults);
        Merge(result, own.Where(v => settings.PassEnvironment.Contains(v.Key, StringComparer.Ordinal)));
        Merge(result, settings.Environment);
        Merge(result, request.Environment);
        foreach (var name in result.Keys.Where(SecretNames.IsSecret).ToList()) result.Remove(name);
        if (credential is { } secret) result[secret.Key] = secret.Value;
        result[Marker] = request.Environment.GetValueOrDefault(Marker) ?? request.NewSessionId ?? request.ResumeSessionId ?? "1";
        // What an agent starts, no person typed.
        result[UnattendedWork.Variable] = "1";
        return result;
    }

    /// <summary>The credential under the name the agent reads: from the configured variable, otherwise the first of the agent's own that is set.</summary>
    public static KeyValuePair<string, string>? Credential(
        IReadOnlyDictionary<string, string> own, AgentSettings settings, string readsFrom, params ReadOnlySpan<string> known)
    {
        if (settings.ApiKeyEnv is { } named)
            return Find(own, settings, named) is { } value ? new(readsFrom, value) : null;
        foreach (var name in known)
            if (Find(own, settings, name) is { } value) return new(name, value);
        return null;
    }

    private static string? Find(IReadOnlyDictionary<string, string> own, AgentSettings settings, string name) =>
        (settings.Environment.GetValueOrDefault(name) ?? own.GetValueOrDefault(name)) is { Length: > 0 } value ? value : null;

    private static bool IsAllowed(string name, string value) =>
        allowed.Contains(name)
        || allowedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        || (proxies.Contains(name, StringComparer.Ordinal) && !value.Contains('@', StringComparison.Ordinal)); // a proxy's URL may carry a password

    private static void Merge(Dictionary<string, string> into, IEnumerable<KeyValuePair<string, string>> from)
    {
        foreach (var (name, value) in from) into[name] = value;
    }
}
