namespace Autopilot.Core.Verification.Detection;

/// <summary>Concludes from the files of a repository what it is and how it is tested.</summary>
public static class ProjectDetection
{
    private static readonly (string Ending, string Language)[] Endings =
    [
        (".cs", "C#"), (".fs", "F#"), (".py", "Python"), (".js", "JavaScript"), (".jsx", "JavaScript"), (".mjs", "JavaScript"), (".ts", "TypeScript"),
        (".tsx", "TypeScript"), (".go", "Go"), (".rs", "Rust"), (".java", "Java"), (".kt", "Kotlin"), (".rb", "Ruby"), (".ex", "Elixir"),
        (".exs", "Elixir"), (".c", "C"), (".cc", "C++"), (".cpp", "C++"), (".php", "PHP"), (".swift", "Swift"), (".scala", "Scala"),
        (".sh", "Shell"), (".zig", "Zig"), (".hs", "Haskell"), (".lua", "Lua"), (".dart", "Dart"),
    ];

    private static readonly Dictionary<string, string> LanguageOf = Endings.ToDictionary(e => e.Ending, e => e.Language, StringComparer.OrdinalIgnoreCase);

    public static ProjectProfile Look(RepositoryFacts facts) => new(
        [.. facts.Paths.Select(Language).OfType<string>().CountBy(l => l, StringComparer.Ordinal).OrderByDescending(l => l.Value).ThenBy(l => l.Key, StringComparer.Ordinal)],
        facts.Paths.Count,
        [.. facts.Paths.Where(RepositoryFacts.IsContinuousIntegration)],
        Commands(facts));

    /// <summary>What the project itself calls its test wins over what its languages usually use.</summary>
    private static IReadOnlyList<ProposedCommand> Commands(RepositoryFacts facts)
    {
        if ((OwnCommands.Script(facts) ?? OwnCommands.Target(facts)) is { } own) return [own];
        var usual = EcosystemCommands.All.Select(rule => rule(facts)).OfType<ProposedCommand>().ToList();
        return usual.Count == 0 && CiCommands.Step(facts) is { } step ? [step] : usual;
    }

    private static string? Language(string path)
    {
        var at = path.LastIndexOf('.');
        return at > path.LastIndexOf('/') && LanguageOf.TryGetValue(path[at..], out var language) ? language : null;
    }
}
