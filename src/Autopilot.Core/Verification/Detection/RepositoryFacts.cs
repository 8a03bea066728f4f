namespace Autopilot.Core.Verification.Detection;

/// <summary>What is known of a repository.</summary>
/// <param name="Paths">Its tracked files, relative, with forward slashes.</param>
/// <param name="Contents">The text of some of them, by path.</param>
public sealed record RepositoryFacts(IReadOnlyList<string> Paths, IReadOnlyDictionary<string, string> Contents)
{
    /// <summary>A manifest deeper than this belongs to an example or a fixture more often than to the project.</summary>
    private const int Deepest = 2;

    private static readonly string[] Telling =
    [
        "package.json", "pyproject.toml", "setup.cfg", "tox.ini", "pytest.ini", "requirements.txt", "requirements-dev.txt", "dev-requirements.txt",
        "Makefile", "makefile", "GNUmakefile", "justfile", "Justfile", "Rakefile", "Gemfile", "CMakeLists.txt", "composer.json",
    ];

    private static readonly string[] Vendored = ["node_modules", "vendor", "third_party", "testdata", "fixtures", "examples", "example", "samples"];

    /// <summary>The files whose text has to be read to know how a project is tested: small ones, near the top.</summary>
    public static IEnumerable<string> Wanted(IEnumerable<string> paths) =>
        paths.Where(p => IsNear(p) && (IsContinuousIntegration(p) && p.EndsWith("ml", StringComparison.Ordinal) || Telling.Contains(NameOf(p), StringComparer.Ordinal) || p.EndsWith("proj", StringComparison.Ordinal)));

    /// <summary>Whether a file configures continuous integration.</summary>
    public static bool IsContinuousIntegration(string path) =>
        path.StartsWith(".github/workflows/", StringComparison.Ordinal)
        || path.StartsWith(".circleci/", StringComparison.Ordinal)
        || path.StartsWith(".ci/", StringComparison.Ordinal)
        || path.StartsWith(".buildkite/", StringComparison.Ordinal)
        || path is ".gitlab-ci.yml" or "azure-pipelines.yml" or "Jenkinsfile" or ".travis.yml" or "bitbucket-pipelines.yml" or ".drone.yml" or "appveyor.yml" or ".woodpecker.yml";

    /// <summary>The folder nearest to the top that has a file of one of these names or endings; null for none. The top is the empty text.</summary>
    public string? FolderWith(params IReadOnlyList<string> names) =>
        Paths.Where(p => IsNear(p) && names.Any(n => n.StartsWith('*') ? p.EndsWith(n[1..], StringComparison.Ordinal) : NameOf(p) == n))
            .Select(FolderOf).OrderBy(Depth).ThenBy(f => f, StringComparer.Ordinal).FirstOrDefault();

    public bool Has(string folder, string name) => Paths.Contains(In(folder, name), StringComparer.Ordinal);

    /// <summary>The text of a file; empty when it is not there or was not read.</summary>
    public string Text(string folder, string name) => Contents.TryGetValue(In(folder, name), out var text) ? text : "";

    private static string In(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string FolderOf(string path) => path.LastIndexOf('/') is var at and >= 0 ? path[..at] : "";

    private static int Depth(string folder) => folder.Length == 0 ? 0 : folder.Count(c => c == '/') + 1;

    private static bool IsNear(string path) => Depth(FolderOf(path)) <= Deepest && !FolderOf(path).Split('/').Any(f => Vendored.Contains(f, StringComparer.OrdinalIgnoreCase));
}
