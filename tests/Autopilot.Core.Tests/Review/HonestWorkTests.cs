using Autopilot.Core.Review;

namespace Autopilot.Core.Tests.Review;

public class HonestWorkTests
{
    public static TheoryData<string, string, string> Offences() => new()
    {
        { "tests/test_a.py", "deleted file mode 100644\n@@ -1 +0,0 @@\n-def test_a(): assert f() == 1", "deletes tests" },
        { "tests/test_a.py", "@@ -1 +1,2 @@\n+@pytest.mark.skip\n def test_a():", "skips" },
        { "src/a.test.ts", "@@ -1 +1 @@\n-it('adds', () => {\n+it.skip('adds', () => {", "skips" },
        { "a_test.go", "@@ -1 +1,2 @@\n+\tt.Skip(\"later\")", "skips" },
        { "CalcTests.cs", "@@ -1 +1 @@\n-    [Fact]\n+    [Fact(Skip = \"flaky\")]", "skips" },
        { "tests/test_a.py", "@@ -1,2 +1 @@\n-    assert f() == 1\n-    assert g() == 2\n+    f()", "removes 2 more assertions" },
        { "tests/test_a.py", "@@ -1 +1 @@\n-    assert f() == 1\n+    assert True", "asserts nothing" },
        { ".github/workflows/ci.yml", "@@ -1 +1 @@\n-run: pytest\n+run: true", "CI" },
        { "ruff.toml", "@@ -1 +1 @@\n-a\n+b", "linter" },
        { "check.sh", "@@ -1 +1 @@\n-pytest\n+true", "verification" },
        { "src/a.py", "@@ -1 +1,4 @@\n+try:\n+    f()\n+except Exception:\n+    pass", "swallows" },
        { "src/A.cs", "@@ -1 +1 @@\n+try { F(); } catch (Exception) { }", "swallows" },
        { "pyproject.toml", "@@ -5,3 +5,3 @@\n [tool.ruff.lint]\n-select = [\"ALL\"]\n+select = []", "settings" },
        { "pyproject.toml", "@@ -40,3 +40,4 @@\n a\n+fail_under = 10\n b", "settings" },
        { "setup.cfg", "@@ -1,2 +1,3 @@\n [flake8]\n+exclude = src", "settings" },
        { "package.json", "@@ -3 +3 @@\n   \"scripts\": {\n-    \"test\": \"jest\",\n+    \"test\": \"true\",", "settings" },
        { "package.json", "@@ -9 +9 @@\n   \"jest\": {\n     \"verbose\": true,\n+    \"roots\": [],", "settings" },
        { "crates/a/Cargo.toml", "@@ -9 +9 @@\n [lints.clippy]\n-all = \"deny\"\n+all = \"warn\"", "settings" },
        { "Cargo.toml", "@@ -2 +2 @@\n [lib]\n+test = false", "settings" },
        { "Directory.Build.props", "@@ -2 +2 @@\n-    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>\n+    <TreatWarningsAsErrors>false</TreatWarningsAsErrors>", "settings" },
        { "src/A/A.csproj", "@@ -2 +2 @@\n+    <NoWarn>$(NoWarn);CS8602</NoWarn>", "settings" },
        { "src/lib.rs", "@@ -2 +2 @@\n     #[test]\n+    #[ignore]", "skips" },
        { "tests/test_a.py", "@@ -2 +2 @@\n+pytestmark = pytest.mark.skipif(True)", "skips" },
        { "tests/test_a.py", "@@ -2 +2 @@\n+        self.skipTest(\"later\")", "skips" },
        { "src/a.spec.ts", "@@ -2 +2 @@\n-describe('a', () => {\n+describe.only('a', () => {", "skips" },
        { "src/a.spec.ts", "@@ -2 +2 @@\n-it('a', () => {\n+fit('a', () => {", "skips" },
        { "a_test.go", "@@ -1 +1 @@\n+//go:build ignore", "skips" },
        { "src/test/java/ATest.java", "@@ -2 +2 @@\n+    @DisabledOnOs(OS.LINUX)", "skips" },
        { "ATests.cs", "@@ -2 +2 @@\n+        Assert.Inconclusive();", "skips" },
        { "spec/a_spec.rb", "@@ -2 +2 @@\n-  it \"adds\" do\n+  xit \"adds\" do", "skips" },
        { "tests/ATest.php", "@@ -2 +2 @@\n+        $this->markTestSkipped();", "skips" },
        { "a_test.cc", "@@ -2 +2 @@\n-TEST(A, Adds) {\n+TEST(A, DISABLED_Adds) {", "skips" },
    };

    [Theory]
    [MemberData(nameof(Offences))]
    public void Finds_what_makes_checks_pass_instead_of_the_work(string path, string body, string part) =>
        Assert.Contains(HonestWork.Offences($"diff --git a/{path} b/{path}\n{body}\n", ["./check.sh && true"]), o => o.Contains(part, StringComparison.Ordinal));

    [Theory]
    [InlineData("tests/test_a.py", "@@ -1 +1,2 @@\n-    assert f() == 1\n+    assert f() == 2\n+    assert g() == 2")]
    [InlineData("src/skip.py", "@@ -1 +1,2 @@\n+def skip(n): return n")]
    [InlineData("src/a.py", "@@ -1 +1,3 @@\n+except ValueError:\n+    log.warning('x')\n+    raise")]
    [InlineData("pyproject.toml", "@@ -5,3 +5,4 @@\n [project]\n dependencies = [\n+  \"requests\",\n ]")]
    [InlineData("pyproject.toml", "@@ -5,3 +5,4 @@\n [tool.setuptools.packages.find]\n+exclude = [\"docs\"]")]
    [InlineData("setup.cfg", "@@ -1,2 +1,2 @@\n [metadata]\n-version = 1.0\n+version = 1.1")]
    [InlineData("package.json", "@@ -3 +3,2 @@\n   \"scripts\": {\n-    \"test\": \"jest\"\n+    \"test\": \"jest\",\n+    \"build\": \"tsc\"")]
    [InlineData("package.json", "@@ -9 +9 @@\n   \"devDependencies\": {\n-    \"jest\": \"^29.0.0\",\n+    \"jest\": \"^30.0.0\",")]
    [InlineData("package.json", "@@ -9 +9 @@\n   \"jest\": {\n     \"verbose\": true\n   },\n+  \"type\": \"module\",")]
    [InlineData("Cargo.toml", "@@ -9 +9 @@\n [dependencies]\n+serde = \"1\"")]
    [InlineData("Cargo.toml", "@@ -9 +9,3 @@\n+[[bench]]\n+name = \"b\"\n+harness = false")]
    [InlineData("Directory.Build.props", "@@ -2 +2 @@\n+    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>")]
    [InlineData("src/A/A.csproj", "@@ -2 +2 @@\n+    <PackageReference Include=\"B\" />")]
    [InlineData("src/lib.rs", "@@ -2 +2 @@\n+// a comment on ignore")]
    [InlineData("tests/test_a.py", "@@ -2,2 +2,2 @@\n-@pytest.mark.skip\n+    @pytest.mark.skip")]
    [InlineData("tests/test_a.py", "@@ -2 +2 @@\n+    model.fit(x)\n+    assert skip(1) == 2")]
    [InlineData("src/a.spec.ts", "@@ -2 +2 @@\n+  const only = it.each(rows)")]
    [InlineData("a_test.go", "@@ -1 +1 @@\n+//go:build linux")]
    [InlineData("ATests.cs", "@@ -2 +2 @@\n+        var rest = all.Skip(1);")]
    [InlineData("spec/a_spec.rb", "@@ -2 +2 @@\n+  it \"skips blanks\" do")]
    [InlineData("docs/testing.md", "@@ -1 +1 @@\n+Use it.skip( sparingly")]
    public void Lets_honest_work_pass(string path, string body) =>
        Assert.Empty(HonestWork.Offences($"diff --git a/{path} b/{path}\n{body}\n", ["pytest -q"]));

    [Theory]
    [InlineData("tests/test_a.py", "old/a.py", true)]
    [InlineData("tests/test_a.py", "tests/unused_a.py", true)]
    [InlineData("a_test.go", "a_test.go.off", true)]
    [InlineData("src/a.spec.ts", "src/a.ts", true)]
    [InlineData("pytest.ini", "pytest.ini.bak", true)]
    [InlineData("tests/test_a.py", "tests/unit/test_a.py", false)]
    [InlineData("test/run.sh", "tests/run.sh", false)]
    [InlineData("src/a.py", "src/b.py", false)]
    public void Tests_that_are_moved_to_where_nobody_runs_them_are_gone(string from, string to, bool found) =>
        Assert.Equal(found, HonestWork.Offences($"diff --git a/{from} b/{to}\nsimilarity index 100%\nrename from {from}\nrename to {to}\n", []).Count > 0);

    [Theory]
    [InlineData("make test", "Makefile", "@@ -1,2 +1,2 @@\n test:\n-\tpytest\n+\ttrue")]
    [InlineData("cd app && gmake -j4 check", "app/GNUmakefile", "@@ -1 +1 @@\n+check: ;")]
    [InlineData("make test", "rules/test.mk", "deleted file mode 100644\n@@ -1 +0,0 @@\n-test: all")]
    [InlineData("just test", ".justfile", "@@ -1 +1 @@\n-  pytest\n+  true")]
    [InlineData("bundle exec rake", "Rakefile", "@@ -1 +1 @@\n-task default: :spec\n+task :default")]
    [InlineData("npm test", "package.json", "@@ -3 +3 @@\n   \"scripts\": {\n-    \"unit\": \"jest\",\n+    \"unit\": \"true\",")]
    [InlineData("npm run all", "package.json", "@@ -3 +3 @@\n   \"scripts\": {\n     \"all\": \"jest\",\n+    \"all\": \"true\",")]
    [InlineData("yarn test", "package.json", "@@ -3 +3 @@\n+    \"pretest\": \"rm -r tests\",")]
    [InlineData("pnpm run check", "web/package.json", "@@ -9 +9 @@\n-    \"unit\": \"vitest run\",\n+    \"unit\": \"vitest run --passWithNoTests\",")]
    [InlineData("python -m pytest -q", "tests/conftest.py", "@@ -1 +1,3 @@\n+def pytest_collection_modifyitems(items):\n+    items.clear()")]
    [InlineData("tox", "setup.cfg", "@@ -1,2 +1,2 @@\n [testenv]\n-commands = pytest\n+commands = true")]
    [InlineData("./mvnw -q verify", "pom.xml", "@@ -1 +1,2 @@\n+    <skipTests>true</skipTests>")]
    [InlineData("./gradlew check", "app/build.gradle.kts", "@@ -1 +1,2 @@\n+tasks.withType<Test> { enabled = false }")]
    public void Finds_changes_of_what_the_command_goes_through_unless_the_task_names_it(string command, string path, string body)
    {
        var diff = $"diff --git a/{path} b/{path}\n{body}\n";
        Assert.NotEmpty(HonestWork.Offences(diff, [command], "Do it"));
        Assert.Empty(HonestWork.Offences(diff, ["cargo test"], "Do it"));
        Assert.Empty(HonestWork.Offences(diff, [command], $"Do it in {path}."));
    }

    [Theory]
    [InlineData("make test", "src/make.py", "@@ -1 +1 @@\n+x = 1")]
    [InlineData("make test", "Makefile", "@@ -1 +1 @@\n+# how to build\n+")]
    [InlineData("npm test", "package.json", "@@ -9 +9 @@\n   \"dependencies\": {\n+    \"left-pad\": \"^1.0.0\",\n+    \"own\": \"workspace:*\",")]
    [InlineData("npm test", "package.json", "@@ -9 +9 @@\n-    \"a\": \"~1.0.0\",\n+    \"a\": \"~1.1.0\",")]
    [InlineData("npm test", "package.json", "@@ -1 +1 @@\n-  \"description\": \"A library\",\n+  \"description\": \"The library\",")]
    [InlineData("npm test", "package.json", "@@ -3 +3 @@\n   \"scripts\": {\n     \"test\": \"jest\",\n+    \"build\": \"tsc\",")]
    [InlineData("pytest", "tests/conftest.py", "@@ -1 +1,3 @@\n+@pytest.fixture\n+def database(): return Database()")]
    [InlineData("tox", "setup.cfg", "@@ -1,2 +1,2 @@\n [metadata]\n-version = 1\n+version = 2")]
    [InlineData("mvn test", "pom.xml", "@@ -1 +1,2 @@\n+      <artifactId>guava</artifactId>")]
    [InlineData("gradle test", "build.gradle", "@@ -1 +1,2 @@\n+    testImplementation 'org.assertj:assertj-core:3.0'")]
    public void Other_changes_of_such_files_pass(string command, string path, string body) =>
        Assert.Empty(HonestWork.Offences($"diff --git a/{path} b/{path}\n{body}\n", [command], "Do it"));
}
