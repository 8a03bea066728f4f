namespace Autopilot.Git.Repository;

/// <summary>What tools leave behind and nobody wants in a commit, also where no ignore file says so. Tracked files are not concerned.</summary>
public static class CacheFiles
{
    public static IReadOnlyList<string> Patterns { get; } =
    [
        ".autopilot/", "__pycache__/", "*.pyc", ".pytest_cache/", ".mypy_cache/", ".ruff_cache/", ".tox/", ".venv/", "node_modules/",
        ".gradle/", ".cache/", ".parcel-cache/", ".turbo/", ".DS_Store",
    ];

    /// <summary>Whether a name of a file or folder is one of them.</summary>
    public static bool Has(string name) =>
        Patterns.Any(p => p.StartsWith('*') ? name.EndsWith(p[1..], StringComparison.Ordinal) : p.TrimEnd('/') == name);
}
