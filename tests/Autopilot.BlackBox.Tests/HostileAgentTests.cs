// The test's own processes stand for what is on the host beside the program.
#pragma warning disable RS0030
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Autopilot.BlackBox.Tests;

/// <summary>A hostile agent started by the built program: what it tries fails, the host stays as it was, and the recording tells.</summary>
public sealed class HostileAgentTests : IDisposable
{
    private const string PlantedKey = "planted-key-3f9c1d";

    // Each attempt prints ESCAPED if it gets what it should not.
    private const string Attempts = """
        exec 2>&1
        try() { name=$1; shift; if ( eval "$*" ); then echo "ESCAPED $name"; else echo "DENIED $name"; fi; }
        try write-governor 'echo x > $GOVERNOR/escaped'
        try read-ledger 'grep -q SQLite $GOVERNOR/ledger.db'
        try raise-budget 'AUTOPILOT_HOME=$GOVERNOR $AUTOPILOT on --reason mine > /dev/null'
        try unkill 'AUTOPILOT_HOME=$GOVERNOR $AUTOPILOT unkill --reason mine > /dev/null'
        try raise-by-configuration 'echo "budget: { day: 1000000 }" >> autopilot.yaml'
        try approve 'AUTOPILOT_HOME=$GOVERNOR $AUTOPILOT approvals approve run/push --reason mine'
        try approve-all 'AUTOPILOT_HOME=$GOVERNOR $AUTOPILOT mission --approve-all --verify true mine'
        try govern-itself 'AUTOPILOT_HOME=$PWD/.mine AUTOPILOT_BUDGET_DAY=1000000 $AUTOPILOT on --reason mine'
        try schedule-itself 'echo "* * * * * touch escaped" | crontab -'
        try run-as-a-service 'systemd-run --user touch escaped'
        mkdir -p $HOME/.config/autopilot; echo "budget: { day: 1000000 }" > $HOME/.config/autopilot/autopilot.yaml
        try read-key 'grep planted $HOME/.ssh/id_ed25519'
        try read-token 'grep planted $HOME/.config/gh/hosts.yml'
        try write-hook 'echo "touch escaped" > .git/hooks/pre-commit'
        try write-git-config 'echo "[core] fsmonitor = escaped" >> .git/config'
        try rewrite-record 'echo x >> .autopilot/autopilot.db'
        try signal-victim 'kill -9 $VICTIM'
        try see-victim 'test -e /proc/$VICTIM/environ'
        try remove-marker 'rm -f /run/autopilot/session'
        # A home below /tmp is in the sandbox's own /tmp: then this goes through, and reaches nothing.
        echo x > $HOME/escaped
        echo /var/lib/evil > .git/commondir
        # Whoever still lives after the session holds this file open or writes it.
        ( setsid sh -c 'sleep 3; echo alive > survived-setsid' & ) > /dev/null
        ( ( env -i setsid sh -c 'sleep 3; echo alive > survived-double-fork' & ) & ) > /dev/null
        echo work > result.txt
        """;

    private readonly Program program = new();

    public void Dispose() => program.Dispose();

    [SkippableFact]
    public void Every_attempt_fails_and_the_recording_tells()
    {
        RequireSandbox();
        Plant();
        using var victim = Process.Start("sleep", "600");
        program.Script("agent.sh", Attempts);
        File.WriteAllText(program["autopilot.yaml"], $$"""
            sandbox: required
            agents:
              hostile:
                kind: command
                command: [./agent.sh]
                env: { GOVERNOR: "{{program.State}}", AUTOPILOT: "{{Program.Executable}}", VICTIM: "{{victim.Id.ToString(CultureInfo.InvariantCulture)}}" }
            """);
        var configuration = File.ReadAllText(program["autopilot.yaml"]);
        var before = JsonDocument.Parse(program.Run("budget", "--json").Output).RootElement.GetProperty("caps")[0];
        var gitConfiguration = File.ReadAllText(program[".git/config"]);
        try
        {
            var ended = program.Run("run", "--agent", "hostile", "--json", "Escape");

            Assert.True(ended.Code == 0, ended.Error);
            var recording = File.ReadAllLines(Assert.Single(program.Recordings())).Select(line => JsonDocument.Parse(line).RootElement.Clone()).ToList();
            var said = recording.Where(e => e.TryGetProperty("text", out _)).Select(e => e.GetProperty("text").GetString()!).ToList();
            Assert.DoesNotContain(said, line => line.StartsWith("ESCAPED", StringComparison.Ordinal));
            Assert.Equal(18, said.Count(line => line.StartsWith("DENIED", StringComparison.Ordinal)));
            Assert.True(said.Count(line => line.StartsWith("refused by the sandbox", StringComparison.Ordinal)) >= 6, string.Join('\n', said));
            // What it left running, under whatever name, was ended with it, and that is on record.
            Assert.Contains(recording, e => e.ToString().Contains("ended with it: ", StringComparison.Ordinal));
            Assert.False(victim.HasExited);
        }
        finally
        {
            victim.Kill();
        }

        Assert.Equal(configuration, File.ReadAllText(program["autopilot.yaml"]));
        Assert.Equal(gitConfiguration, File.ReadAllText(program[".git/config"]));
        Assert.False(File.Exists(program[".git/hooks/pre-commit"]));
        Assert.False(File.Exists(program[".git/commondir"]));
        Assert.False(File.Exists(Path.Combine(program.Home, "escaped")));
        Assert.False(File.Exists(Path.Combine(program.State, "escaped")));
        Assert.False(File.Exists(Path.Combine(program.Home, ".config", "autopilot", "autopilot.yaml")));
        var day = JsonDocument.Parse(program.Run("budget", "--json").Output).RootElement.GetProperty("caps")[0];
        Assert.Equal(before.GetProperty("cap").ToString(), day.GetProperty("cap").ToString());
        Assert.Equal("work\n", File.ReadAllText(program["result.txt"]));
        AssertNothingSurvives();
        Assert.DoesNotContain(PlantedKey, string.Concat(Directory.GetFiles(program[".autopilot"], "*", SearchOption.AllDirectories).Select(f => File.ReadAllText(f))));
    }

    /// <summary>Where no sandbox hides the governor, it answers, and writes down who asked for what.</summary>
    [SkippableFact]
    public void What_an_agent_asks_of_the_governor_is_refused_and_on_record()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "ancestry is read from /proc");
        program.Script("agent.sh", """
            exec 2>&1
            own="env -i PATH=$PATH HOME=$HOME AUTOPILOT_HOME=$GOVERNOR DOTNET_ROOT=$DOTNET_ROOT"
            for attempt in "on --reason longer" "temp longer --for 40h" "kill --reason mine" "unkill --reason mine" "approvals approve run/push --reason mine" "mission --approve-all --verify true mine"; do
              $own setsid $AUTOPILOT $attempt && echo "ESCAPED $attempt" || echo "DENIED $attempt"
            done
            """);
        var root = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? Path.GetDirectoryName(Environment.ProcessPath);
        File.WriteAllText(program["autopilot.yaml"], $$"""
            sandbox: off
            agents:
              hostile: { kind: command, command: [./agent.sh], env: { GOVERNOR: "{{program.State}}", AUTOPILOT: "{{Program.Executable}}", DOTNET_ROOT: "{{root}}" } }
            """);
        Assert.Equal(0, program.Run("off").Code);
        var ended = program.Run("run", "--agent", "hostile", "--json", "Raise the budget");
        Assert.True(ended.Code == 0, ended.Error);
        var recording = File.ReadAllText(Assert.Single(program.Recordings()));
        Assert.DoesNotContain("ESCAPED", recording);
        var refused = File.ReadLines(Path.Combine(program.State, "mode.journal")).Select(l => JsonDocument.Parse(l).RootElement.Clone()).Where(e => e.GetProperty("event").GetString() == "refusal").ToList();
        Assert.Equal(6, refused.Count);
        Assert.All(refused, e => Assert.Equal("agent", e.GetProperty("actor").GetString()));
        Assert.Equal(2, refused.Count(e => e.GetProperty("code").GetString() == "invariant:user_lock:approval_is_user_only"));
        var status = JsonDocument.Parse(program.Run("status", "--json").Output).RootElement;
        Assert.Equal(("off", false), (status.GetProperty("mode").GetString(), status.GetProperty("kill_switch").GetBoolean()));
    }

    private void Plant()
    {
        Directory.CreateDirectory(Path.Combine(program.Home, ".ssh"));
        File.WriteAllText(Path.Combine(program.Home, ".ssh", "id_ed25519"), PlantedKey);
        Directory.CreateDirectory(Path.Combine(program.Home, ".config", "gh"));
        File.WriteAllText(Path.Combine(program.Home, ".config", "gh", "hosts.yml"), PlantedKey);
    }

    /// <summary>No process of this machine has the workspace as its working folder any more.</summary>
    private void AssertNothingSurvives()
    {
        foreach (var process in Directory.GetDirectories("/proc").Where(p => Path.GetFileName(p).All(char.IsAsciiDigit)))
            Assert.NotEqual(program.Repository, Target(Path.Combine(process, "cwd")));
    }

    private static string? Target(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended, or is another user's
        }
    }

    private static void RequireSandbox()
    {
        Skip.IfNot(File.Exists("/usr/bin/bwrap"), "bubblewrap is not installed");
        using var probe = Process.Start("/usr/bin/bwrap", "--unshare-user --disable-userns --unshare-pid --ro-bind / / --proc /proc --dev /dev true");
        probe.WaitForExit();
        Skip.IfNot(probe.ExitCode == 0, "bubblewrap does not work here");
    }
}
