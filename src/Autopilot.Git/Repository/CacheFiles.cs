namespace Autopilot.Git.Repository;

/// <summary>What tools leave behind and nobody wants in a commit, also where no ignore file says so. Tracked files are not concerned.</summary>
public static class CacheFiles
{
    public static IReadOnlyList<string> Patterns { get; } =
    [
        ".autopilot/", "__pycache__/", "*.pyc", ".pytest_cache/", ".mypy_cache/", ".ruff_cache/", ".tox/", ".venv/", "node_modules/",
        ".gradle/", ".cache/", ".parcel-cache/", ".turbo/", ".DS_Store",
    ];

    private static readonly HashSet<string> names = [.. Patterns.Where(p => p[0] != '*').Select(p => p.TrimEnd('/'))];
    private static readonly string[] endings = [.. Patterns.Where(p => p[0] == '*').Select(p => p[1..])];

    /// <summary>Whether a name of a file or folder is one of them.</summary>
    public static bool Has(string name) => names.Contains(name) || endings.Any(e => name.EndsWith(e, StringComparison.Ordinal));

    /// <summary>Whether what is at a path is one of them, or a repository's own.</summary>
    public static bool HoldsNoWork(string path) => Path.GetFileName(path) is var name && (name is ".git" || Has(name));
}
