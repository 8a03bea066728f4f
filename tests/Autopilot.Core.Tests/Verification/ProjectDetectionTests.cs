using Autopilot.Core.Verification.Detection;

namespace Autopilot.Core.Tests.Verification;

public sealed class ProjectDetectionTests
{
    public static TheoryData<string, string> Cases() => new()
    {
        { "test\nShop.slnx\nsrc/a.cs", "./test" },
        { "scripts/test.sh\ngo.mod", "./scripts/test.sh" },
        { "Makefile=all: build\\ncheck: build\\n\\tgo test\ngo.mod", "make check" },
        { "Makefile=test := 1\\nall:\ngo.mod", "go test ./..." },
        { "justfile=test:\\n  cargo test\nCargo.toml", "just test" },
        { "Shop.slnx\ntests/Shop.Tests/Shop.Tests.csproj=Microsoft.NET.Test.Sdk", "dotnet test" },
        { "A.sln\nB.sln\ntests/Shop.Tests/Shop.Tests.csproj", "dotnet test A.sln" },
        { "src/Shop/Shop.csproj=<Project/>", "cd src/Shop && dotnet build" },
        { "package.json={\"scripts\":{\"test\":\"jest\"},\"devDependencies\":{\"jest\":\"1\"}}\npackage-lock.json", "npm ci && npm test" },
        { "package.json={\"scripts\":{\"test\":\"node --test\"}}", "npm test" },
        { "package.json={\"scripts\":{\"test\":\"vitest run\"},\"dependencies\":{}}\npnpm-lock.yaml", "pnpm install --frozen-lockfile && pnpm test" },
        { "package.json={\"scripts\":{\"test\":\"echo \\\\\"Error: no test specified\\\\\" && exit 1\"}}", "" },
        { "package.json=not json", "" },
        { "web app/package.json={\"scripts\":{\"test\":\"jest\"}}", "cd 'web app' && npm test" },
        { "pyproject.toml=[tool.pytest.ini_options]\ntests/test_a.py", "python3 -m pytest -q" },
        { "pyproject.toml=[project]\\ndev=['pytest']\nuv.lock", "uv run pytest -q" },
        { "setup.py\ntests/test_a.py", "python3 -m unittest discover -s tests" },
        { "setup.py\ntests/test_a.py\ntests/__init__.py", "python3 -m unittest discover -s tests -t ." },
        { ".github/workflows/ci.yml=jobs:\\n  t:\\n    steps:\\n      - uses: actions/checkout@v4\\n      - run: sudo apt-get install shellcheck\\n      - run: ./tools/verify --all", "./tools/verify --all" },
        { ".github/workflows/ci.yml=jobs:\\n  t:\\n    steps:\\n      - run: |\\n          pip install -e .\\n          zig build test \\\\\\n            --summary all\\n", "zig build test --summary all" },
        { ".gitlab-ci.yml=unit:\\n  script:\\n    - ./configure\\n    - ninja -C build check", "ninja -C build check" },
        { ".github/workflows/ci.yml=jobs: {t: {steps: [{run: 'make test TOKEN=${{ secrets.T }}'}]}}", "" },
        { ".github/workflows/ci.yml=on: [push]\\njobs: &a [", "" },
        { "go.mod\n.github/workflows/ci.yml=jobs: {t: {steps: [{run: ./check}]}}", "go test ./..." },
        { "test_a.py", "python3 -m unittest discover" },
        { "tox.ini=[tox]\nsrc/a.py", "tox -q" },
        { "go.mod\nmain.go", "go test ./..." },
        { "Cargo.toml", "cargo test" },
        { "pom.xml\nmvnw", "./mvnw -B test" },
        { "build.gradle.kts\ngradlew", "./gradlew test" },
        { "Gemfile\nspec/a_spec.rb", "bundle install && bundle exec rspec" },
        { "mix.exs", "mix deps.get && mix test" },
        { "CMakeLists.txt=enable_testing()", "cmake -B build && cmake --build build && ctest --test-dir build --output-on-failure" },
        { "go.mod\npackage.json={\"scripts\":{\"test\":\"jest\"}}", "npm test\ngo test ./..." },
        { "node_modules/x/package.json={\"scripts\":{\"test\":\"jest\"}}\nvendor/y/go.mod\nREADME.md", "" },
        { "a/b/c/Cargo.toml", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_command_follows_from_the_files(string files, string commands) =>
        Assert.Equal(commands, string.Join('\n', ProjectDetection.Look(Facts(files)).Commands.Select(c => c.Command)));

    [Fact]
    public void Languages_are_counted_and_ci_is_found()
    {
        var profile = ProjectDetection.Look(Facts("a.py\nb.py\nc.ts\nREADME\n.github/workflows/ci.yml\n.gitlab-ci.yml"));
        Assert.Equal(["Python 2", "TypeScript 1"], profile.Languages.Select(l => $"{l.Key} {l.Value}"));
        Assert.Equal([".github/workflows/ci.yml", ".gitlab-ci.yml"], profile.ContinuousIntegration);
        Assert.Equal(6, profile.Files);
    }

    // One file a line, as path or path=text.
    private static RepositoryFacts Facts(string files)
    {
        var parts = files.Split('\n').Select(f => f.Split('=', 2)).ToList();
        var wanted = RepositoryFacts.Wanted(parts.Select(p => p[0])).ToHashSet(StringComparer.Ordinal);
        return new RepositoryFacts([.. parts.Select(p => p[0])], parts.Where(p => p.Length == 2 && wanted.Contains(p[0])).ToDictionary(p => p[0], p => p[1].Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal), StringComparer.Ordinal));
    }
}
