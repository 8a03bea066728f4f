namespace Autopilot.Platform.Sandbox;

/// <summary>Where people and tools keep secrets, relative to the home folder or absolute.</summary>
public static class SecretPaths
{
    /// <summary>The default list, to which configuration may add.</summary>
    public static IReadOnlyList<string> Default { get; } =
    [
        ".ssh", ".gnupg", ".pki", ".password-store", ".netrc", ".git-credentials", ".config/git/credentials",
        ".aws", ".azure", ".config/gcloud", ".boto", ".oci", ".kube", ".docker", ".config/doctl", ".terraform.d", ".terraformrc", ".vault-token",
        ".config/rclone", ".rclone.conf", ".s3cfg", ".mc", ".config/hcloud", ".config/flyctl", ".fly/config.yml", ".netlify", ".config/netlify", ".local/share/com.vercel.cli", ".config/heroku", ".pulumi/credentials.json", ".databrickscfg", ".snowflake", ".snowsql/config",
        ".config/containers/auth.json", ".config/helm", ".config/argocd", ".config/configstore", ".kaggle", ".cache/huggingface/token", ".huggingface",
        ".config/gh", ".config/hub", ".config/glab-cli", ".npmrc", ".yarnrc.yml", ".pypirc", ".cargo/credentials", ".cargo/credentials.toml",
        ".gem/credentials", ".composer/auth.json", ".config/composer/auth.json", ".config/pypoetry/auth.toml", ".sbt/.credentials", ".gradle/gradle.properties", ".config/op", ".config/sops",
        ".mozilla", ".config/google-chrome", ".config/chromium", ".config/BraveSoftware", ".config/microsoft-edge", ".var/app",
        ".local/share/keyrings", ".claude", ".claude.json", ".codex", ".gemini", ".config/opencode", ".local/share/opencode", ".qwen",
        ".config/Code/User/globalStorage", ".config/Code - Insiders/User/globalStorage", ".config/VSCodium/User/globalStorage", ".config/Cursor/User/globalStorage", ".config/Windsurf/User/globalStorage", ".vscode-server/data/User/globalStorage", ".cursor-server/data/User/globalStorage", ".config/github-copilot",
        "Library/Keychains", "Library/Application Support/Google/Chrome", "Library/Application Support/Firefox",
        "Library/Application Support/Code/User/globalStorage", "Library/Application Support/Cursor/User/globalStorage",
        ".bash_history", ".zsh_history", ".psql_history", ".pgpass", ".my.cnf",
        "/etc/shadow", "/etc/gshadow",
    ];

    // Their tools refuse to work when these are empty, and most hold only addresses.
    private static readonly string[] Mixed = [".nuget/NuGet/NuGet.Config", ".m2/settings.xml"];

    /// <summary>The list below a home folder.</summary>
    public static IReadOnlyList<string> In(string home) => [.. Default.Concat(Mixed.Where(path => HoldsPassword(Path.Combine(home, path)))).Select(path => Path.Combine(home, path))];

    private static bool HoldsPassword(string file) =>
        File.Exists(file) && File.ReadAllText(file) is var text && (text.Contains("password", StringComparison.OrdinalIgnoreCase) || text.Contains("apikey", StringComparison.OrdinalIgnoreCase));
}
