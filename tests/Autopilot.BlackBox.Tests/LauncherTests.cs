using Autopilot.Testing;

namespace Autopilot.BlackBox.Tests;

/// <summary><c>./autopilot</c> and <c>./test</c> on a machine without .NET. What they would download is played by scripts; the launchers are the real ones.</summary>
public sealed class LauncherTests : IDisposable
{
    private const string Announcement = "No .NET 10 SDK found: installing one into .dotnet";

    private static readonly string[] Tools =
        ["bash", "cat", "cp", "chmod", "date", "dirname", "env", "find", "flock", "grep", "head", "ls", "mkdir", "mv", "paste", "readlink", "rm", "sed", "tail", "touch", "tr", "xargs"];

    /// <summary>An SDK that "builds" a program which says what it was told and which SDK built it, and whose tests pass.</summary>
    private const string Sdk = """
        #!/usr/bin/env bash
        case $1 in
          --version) echo 10.0.100 ;;
          publish)
            while [[ $1 != -o ]]; do shift; done
            mkdir -p "$2"
            printf '#!/usr/bin/env bash\necho "told: $* by %s"\n' "$0" >"$2/autopilot"
            chmod +x "$2/autopilot" ;;
          test) for word in "$@"; do [[ $word == trx* ]] && name=${word#*=}; done
            while [[ $1 != --results-directory ]]; do shift; done
            echo '<Counters total="3" passed="2" failed="0" />' >"$2/$name" ;;
        esac
        """;

    private readonly Program program = new(git: false);

    public LauncherTests()
    {
        foreach (var file in new[] { "autopilot", "test", "eng/dotnet.sh", "eng/build-program", "global.json", "Directory.Build.props", "Directory.Packages.props" }) Copy(file);
        Directory.CreateDirectory(program["src/Autopilot"]);
        Directory.CreateDirectory(program["tests/Autopilot.Core.Tests"]);
        Directory.CreateDirectory(program["bin"]);
        foreach (var tool in Tools) File.CreateSymbolicLink(program["bin/" + tool], Find(tool));
        File.WriteAllText(program["sdk"], Sdk);
        program.Variables["PATH"] = program["bin"];
        program.Variables["DOTNET_ROOT"] = "";
        Curl("cp install.sh \"$script\"");
        Install("mkdir -p \"$folder\" && cp sdk \"$folder/dotnet\" && chmod +x \"$folder/dotnet\"");
    }

    public void Dispose() => program.Dispose();

    [Fact]
    public void The_first_use_installs_the_SDK_into_the_repository_and_says_so_and_the_second_does_not()
    {
        var first = Launch("autopilot", "hello", "you there");
        Assert.True(first.Code == 0, first.Error);
        Assert.Equal($"told: hello you there by {program[".dotnet/dotnet"]}\n", first.Output);
        Assert.Contains(Announcement, first.Error);
        Assert.Equal(["-fsSL --retry 3 https://dot.net/v1/dotnet-install.sh -o " + program[".dotnet/dotnet-install.sh"]], File.ReadAllLines(program["curl.log"]));
        Assert.Equal([$"--channel 10.0 --install-dir {program[".dotnet"]} --no-path"], File.ReadAllLines(program["install.log"]));
        var second = Launch("autopilot", "again");
        Assert.Equal((0, ""), (second.Code, second.Error));
        Assert.Single(File.ReadAllLines(program["curl.log"]));
    }

    [Fact]
    public void The_tests_find_their_SDK_in_the_same_way()
    {
        var ended = Launch("test", "Core");
        Assert.True(ended.Code == 0, ended.Output + ended.Error);
        Assert.Contains(Announcement, ended.Error);
        Assert.EndsWith("2 passed, 0 failed, 1 skipped\n", ended.Output);
    }

    [Theory]
    [InlineData("exit 22", "mkdir -p \"$folder\"", "cannot download https://dot.net/v1/dotnet-install.sh")]
    [InlineData("cp install.sh \"$script\"", "exit 1", "could not be installed")]
    [InlineData("cp install.sh \"$script\"", "mkdir -p \"$folder\" && echo broken >\"$folder/dotnet\"", "does not work there")]
    public void What_fails_is_said_and_the_next_use_tries_again(string curl, string install, string words)
    {
        Curl(curl);
        Install(install);
        var failed = Launch("autopilot", "hello");
        Assert.Equal((1, ""), (failed.Code, failed.Output));
        Assert.Contains("error: ", failed.Error);
        Assert.Contains(words, failed.Error);
        var tests = Launch("test", "Core");
        Assert.Equal((1, "0 passed, 0 failed, 0 skipped\n"), (tests.Code, tests.Output));
        Curl("cp install.sh \"$script\"");
        Install("mkdir -p \"$folder\" && cp sdk \"$folder/dotnet\" && chmod +x \"$folder/dotnet\"");
        Assert.StartsWith("told: hello", Launch("autopilot", "hello").Output);
    }

    [Fact]
    public void Once_built_it_starts_nothing_but_find_before_the_program()
    {
        Assert.Equal(0, Launch("autopilot").Code);
        foreach (var tool in Tools.Where(t => t is not ("find" or "bash" or "env"))) File.Delete(program["bin/" + tool]);
        var ended = Launch("autopilot", "quick");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.StartsWith("told: quick", ended.Output);
    }

    private Ended Launch(string script, params string[] arguments) => Program.Wait(program.Launch(program["bin/bash"], [program[script], .. arguments]));

    private void Curl(string body) => Tool("curl", $"echo \"$*\" >>curl.log; script=${{!#}}; {body}");

    private void Install(string body) => File.WriteAllText(program["install.sh"], $"echo \"$*\" >>install.log; folder=$4; {body}\n");

    private void Tool(string name, string body)
    {
        File.WriteAllText(program["bin/" + name], $"#!/usr/bin/env bash\n{body}\n");
        File.SetUnixFileMode(program["bin/" + name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Copy(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(program[file])!);
        File.Copy(Path.Combine(Recordings.Repository, file), program[file]);
    }

    private static string Find(string tool) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(f => Path.Combine(f, tool)).First(File.Exists);
}
