using System.Text.Json;

namespace Autopilot.Core.Verification.Detection;

/// <summary>How a project is usually tested in each ecosystem. Each command begins at the top of a clean checkout, so it also fetches what is not committed.</summary>
internal static class EcosystemCommands
{
    public static IReadOnlyList<Func<RepositoryFacts, ProposedCommand?>> All { get; } =
        [Dotnet, Node, Python, Go, Cargo, Maven, Gradle, Ruby, Mix, CMake, Php, Swift];

    private static ProposedCommand? Dotnet(RepositoryFacts facts)
    {
        if (facts.FolderWith("*.slnx", "*.sln", "*.csproj", "*.fsproj") is not { } folder) return null;
        var solutions = facts.Paths.Where(p => (p.EndsWith(".slnx", StringComparison.Ordinal) || p.EndsWith(".sln", StringComparison.Ordinal)) && IsIn(p, folder)).Select(p => p[(p.LastIndexOf('/') + 1)..]).ToList();
        var hasTests = facts.Contents.Any(c => c.Key.EndsWith("proj", StringComparison.Ordinal) && (c.Value.Contains("Microsoft.NET.Test.Sdk", StringComparison.Ordinal) || c.Value.Contains("xunit", StringComparison.OrdinalIgnoreCase) || c.Value.Contains("MSTest", StringComparison.Ordinal)))
            || facts.Paths.Any(p => p.EndsWith("Tests.csproj", StringComparison.Ordinal) || p.EndsWith(".Test.csproj", StringComparison.Ordinal));
        var what = solutions.Count > 1 ? $" {Quoted(solutions.Find(s => s.EndsWith(".slnx", StringComparison.Ordinal)) ?? solutions[0])}" : "";
        return new ProposedCommand("dotnet", Inside(folder, (hasTests ? "dotnet test" : "dotnet build") + what), solutions.Count > 0 ? $"the solution {solutions[0]}" : "a project file of .NET");
    }

    private static ProposedCommand? Node(RepositoryFacts facts)
    {
        if (facts.FolderWith("package.json") is not { } folder || TestScript(facts.Text(folder, "package.json")) is not { } script) return null;
        var (install, run) = facts switch
        {
            _ when facts.Has(folder, "pnpm-lock.yaml") => ("pnpm install --frozen-lockfile", "pnpm test"),
            _ when facts.Has(folder, "yarn.lock") => ("yarn install --frozen-lockfile", "yarn test"),
            _ when facts.Has(folder, "bun.lock") || facts.Has(folder, "bun.lockb") => ("bun install --frozen-lockfile", "bun run test"),
            _ when facts.Has(folder, "package-lock.json") => ("npm ci", "npm test"),
            _ => ("npm install --no-package-lock", "npm test"),
        };
        var needsInstall = facts.Text(folder, "package.json").Contains("ependencies\"", StringComparison.Ordinal);
        return new ProposedCommand("node", Inside(folder, needsInstall ? $"{install} && {run}" : run), $"the script \"test\" of package.json ({script})");
    }

    private static string? TestScript(string package)
    {
        try
        {
            using var json = JsonDocument.Parse(package.Length == 0 ? "{}" : package, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var script = json.RootElement.TryGetProperty("scripts", out var scripts) && scripts.TryGetProperty("test", out var test) ? test.GetString() : null;
            return script is null || script.Contains("no test specified", StringComparison.Ordinal) ? null : script;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A package.json that is none names no test.
            return null;
        }
    }

    private static ProposedCommand? Python(RepositoryFacts facts)
    {
        var folder = facts.FolderWith("pyproject.toml", "setup.py", "setup.cfg", "tox.ini", "pytest.ini", "requirements.txt", "conftest.py") ?? (facts.Paths.Any(IsPythonTest) ? "" : null);
        if (folder is null) return null;
        var run = facts.Has(folder, "uv.lock") ? "uv run " : facts.Has(folder, "poetry.lock") ? "poetry run " : facts.Has(folder, "Pipfile.lock") ? "pipenv run " : "python3 -m ";
        if (MentionsPytest(facts, folder) is { } evidence) return new ProposedCommand("python", Inside(folder, run + "pytest -q"), evidence);
        if (facts.Has(folder, "tox.ini")) return new ProposedCommand("python", Inside(folder, "tox -q"), "tox.ini");
        if (!facts.Paths.Any(IsPythonTest)) return null;
        var inTests = facts.Paths.Any(p => p.StartsWith((folder.Length == 0 ? "" : folder + "/") + "tests/", StringComparison.Ordinal));
        // Only a package can be imported from above.
        var where = !inTests ? "" : facts.Has(folder, "tests/__init__.py") ? " -s tests -t ." : " -s tests";
        return new ProposedCommand("python", Inside(folder, "python3 -m unittest discover" + where), "files named test_*.py");
    }

    private static string? MentionsPytest(RepositoryFacts facts, string folder)
    {
        if (facts.Has(folder, "pytest.ini")) return "pytest.ini";
        if (facts.Paths.Any(p => p.EndsWith("conftest.py", StringComparison.Ordinal))) return "conftest.py";
        return Array.Find(["pyproject.toml", "setup.cfg", "tox.ini", "requirements.txt", "requirements-dev.txt", "dev-requirements.txt"], f => facts.Text(folder, f).Contains("pytest", StringComparison.Ordinal)) is { } file ? $"pytest in {file}" : null;
    }

    private static bool IsPythonTest(string path) =>
        path.EndsWith(".py", StringComparison.Ordinal) && (path[(path.LastIndexOf('/') + 1)..] is var name) && (name.StartsWith("test_", StringComparison.Ordinal) || name.EndsWith("_test.py", StringComparison.Ordinal));

    private static ProposedCommand? Go(RepositoryFacts facts) => At(facts, "go", "go test ./...", "go.mod");

    private static ProposedCommand? Cargo(RepositoryFacts facts) => At(facts, "rust", "cargo test", "Cargo.toml");

    private static ProposedCommand? Maven(RepositoryFacts facts) =>
        facts.FolderWith("pom.xml") is { } folder ? new ProposedCommand("maven", Inside(folder, facts.Has(folder, "mvnw") ? "./mvnw -B test" : "mvn -B test"), "pom.xml") : null;

    private static ProposedCommand? Gradle(RepositoryFacts facts) =>
        facts.FolderWith("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts") is { } folder
            ? new ProposedCommand("gradle", Inside(folder, facts.Has(folder, "gradlew") ? "./gradlew test" : "gradle test"), "a build file of Gradle")
            : null;

    private static ProposedCommand? Ruby(RepositoryFacts facts)
    {
        if (facts.FolderWith("Gemfile") is not { } folder) return null;
        var hasSpecs = facts.Paths.Any(p => p.EndsWith("_spec.rb", StringComparison.Ordinal));
        if (!hasSpecs && !facts.Has(folder, "Rakefile")) return null;
        return new ProposedCommand("ruby", Inside(folder, "bundle install && bundle exec " + (hasSpecs ? "rspec" : "rake test")), hasSpecs ? "files named *_spec.rb" : "Rakefile");
    }

    private static ProposedCommand? Mix(RepositoryFacts facts) => At(facts, "elixir", "mix deps.get && mix test", "mix.exs");

    private static ProposedCommand? CMake(RepositoryFacts facts) =>
        facts.FolderWith("CMakeLists.txt") is { } folder
            ? new ProposedCommand("cmake", Inside(folder, "cmake -B build && cmake --build build" + (facts.Text(folder, "CMakeLists.txt").Contains("enable_testing", StringComparison.OrdinalIgnoreCase) ? " && ctest --test-dir build --output-on-failure" : "")), "CMakeLists.txt")
            : null;

    private static ProposedCommand? Php(RepositoryFacts facts) =>
        facts.FolderWith("composer.json") is { } folder && facts.Text(folder, "composer.json").Contains("phpunit", StringComparison.OrdinalIgnoreCase)
            ? new ProposedCommand("php", Inside(folder, "composer install --no-interaction && vendor/bin/phpunit"), "phpunit in composer.json")
            : null;

    private static ProposedCommand? Swift(RepositoryFacts facts) => At(facts, "swift", "swift test", "Package.swift");

    private static ProposedCommand? At(RepositoryFacts facts, string name, string command, string manifest) =>
        facts.FolderWith(manifest) is { } folder ? new ProposedCommand(name, Inside(folder, command), manifest) : null;

    private static string Inside(string folder, string command) => folder.Length == 0 ? command : $"cd {Quoted(folder)} && {command}";

    private static bool IsIn(string path, string folder) => path.LastIndexOf('/') is var at && (at < 0 ? "" : path[..at]) == folder;

    // For the shell, where a name has anything but plain characters.
    private static string Quoted(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/') ? name : $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
