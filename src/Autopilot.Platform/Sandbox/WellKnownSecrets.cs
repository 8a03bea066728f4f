namespace Autopilot.Platform.Sandbox;

/// <summary>What whoever looks for secrets asks for by name in a folder that holds some.</summary>
internal static class WellKnownSecrets
{
    // By the end of the folder's path. Autopilot's own folder and what the user hides appear empty.
    private static readonly (string Folder, string[] Names)[] Known =
    [
        ("/.ssh", ["id_rsa", "id_ed25519", "id_ecdsa", "id_dsa"]),
        ("/.aws", ["credentials"]),
        ("/.azure", ["accessTokens.json", "msal_token_cache.json"]),
        ("/.config/gcloud", ["credentials.db", "access_tokens.db", "application_default_credentials.json"]),
        ("/.kube", ["config"]),
        ("/.docker", ["config.json"]),
        ("/.config/gh", ["hosts.yml"]),
        ("/.gnupg", ["secring.gpg"]),
        ("/.mozilla", ["firefox/profiles.ini"]),
        ("/.config/google-chrome", ["Local State", "Default/Login Data", "Default/Cookies"]),
        ("/.config/chromium", ["Local State", "Default/Login Data", "Default/Cookies"]),
        ("/.claude", [".credentials.json"]),
        ("/.codex", ["auth.json"]),
        ("/.gemini", ["oauth_creds.json"]),
        ("/.local/share/opencode", ["auth.json"]),
    ];

    /// <summary>Paths of files, relative to the folder.</summary>
    /// <param name="folder">Hidden, absolute.</param>
    public static IReadOnlyList<string> In(string folder) => Known.FirstOrDefault(known => folder.EndsWith(known.Folder, StringComparison.Ordinal)).Names ?? [];
}
