using System.Text;
using Autopilot.Core;
using Autopilot.Testing;

namespace Autopilot.Tests;

/// <summary>After a session whose prompt, output and environment hold secrets, no file that Autopilot wrote holds one.</summary>
public sealed class SecretsOnDiskTests : IDisposable
{
    private const string InPrompt = "AKIAIOSFODNN7EXAMPLE";
    private const string InOutput = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
    private const string InEnvironment = "correct-horse-battery-staple";
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task No_secret_reaches_the_disk(int exitCode)
    {
        folder.Write("work/agent.sh", $$"""
            #!/bin/sh
            cat
            echo 'the token is {{InOutput}}'
            echo '{"type":"text","text":"it says \"password\": \"{{InEnvironment}}\""}'
            echo '{{InEnvironment}} {{InOutput}}' >&2
            exit {{exitCode}}
            """);
        File.SetUnixFileMode(folder["work/agent.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var console = new Console
        {
            Folder = folder["work"],
            Variables = new(StringComparer.Ordinal)
            {
                ["HOME"] = folder["home"],
                ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
                ["DEPLOY_PASSWORD"] = InEnvironment,
            },
        };

        var code = await console.Run("run", $"Deploy with the key {InPrompt} and \"{InEnvironment}\".", "--agent", folder["work/agent.sh"], "--json");

        Assert.True(code == (exitCode == 0 ? ExitCodes.Done : ExitCodes.Failed), console.Error);
        var written = Written();
        Assert.Contains(written, f => Path.GetExtension(f) == ".db");
        Assert.Contains(written, f => Path.GetExtension(f) == ".jsonl");
        Assert.Contains(written, f => Path.GetExtension(f) == ".rlog");
        Assert.Contains(written, f => Holds(f, "Deploy with the key"));
        foreach (var secret in new[] { InPrompt, InOutput, InEnvironment })
        {
            Assert.DoesNotContain(written, f => Holds(f, secret));
            Assert.DoesNotContain(secret, console.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("api_key_env: THE_ONE", "THE_ONE")] // from Autopilot's environment
    [InlineData("api_key_env: THE_ONE, env: { THE_ONE: plain-looking-credential }", "OTHER")]
    public async Task The_credential_of_an_agent_reaches_no_disk_however_its_variable_is_named(string settings, string variable)
    {
        folder.Write("work/agent.sh", "#!/bin/sh\necho \"I have $THE_ONE\"\necho \"{\\\"type\\\":\\\"text\\\",\\\"text\\\":\\\"it is $THE_ONE\\\"}\"\n");
        File.SetUnixFileMode(folder["work/agent.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        folder.Write("home/.config/autopilot/autopilot.yaml", $"agents:\n  own: {{ kind: command, command: [./agent.sh], {settings} }}\n");
        var console = new Console
        {
            Folder = folder["work"],
            Variables = new(StringComparer.Ordinal) { ["HOME"] = folder["home"], ["PATH"] = "/usr/local/bin:/usr/bin:/bin", [variable] = "plain-looking-credential" },
        };

        var code = await console.Run("run", "Say it.", "--agent", "own", "--json");

        Assert.True(code == ExitCodes.Done, console.Error);
        Assert.Contains(Written(), f => Holds(f, "I have [REDACTED]"));
        Assert.DoesNotContain(Written(), f => Path.GetFileName(f) != "autopilot.yaml" && Holds(f, "plain-looking-credential"));
        Assert.DoesNotContain("plain-looking-credential", console.Output, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private List<string> Written() => [.. Directory.EnumerateFiles(folder["work/.autopilot"], "*", SearchOption.AllDirectories)
        .Concat(Directory.Exists(folder["home"]) ? Directory.EnumerateFiles(folder["home"], "*", SearchOption.AllDirectories) : [])];

    private static bool Holds(string file, string text) => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
