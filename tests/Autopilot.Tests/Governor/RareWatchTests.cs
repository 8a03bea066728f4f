using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Tests.Governor;

/// <summary>What is looked at from outside by default: it never gets in the way of an ordinary program.</summary>
public sealed class RareWatchTests : IDisposable
{
    // Not below /tmp: the sandbox replaces that.
    private readonly string root = Path.Combine(AppContext.BaseDirectory, "rare-" + Guid.NewGuid().ToString("N"));
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System);

    public RareWatchTests() => Directory.CreateDirectory(Path.Combine(root, "workspace"));

    public void Dispose()
    {
        supervisor.Dispose();
        Directory.Delete(root, recursive: true);
    }

    // What is recorded by default and what is looked at least; the second of each enters by the program itself: the interpreter that is quicker would not be its own master.
    [SkippableTheory]
    [InlineData("LANG", SandboxWatch.Rare)]
    [InlineData("PERL5OPT", SandboxWatch.Rare)]
    [InlineData("LANG", SandboxWatch.Changes)]
    [InlineData("PERL5OPT", SandboxWatch.Changes)]
    public async Task An_ordinary_program_goes_on_while_nobody_answers_for_a_rare_call(string variable, SandboxWatch watch)
    {
        using var answer = new ManualResetEventSlim();
        var (output, _, _) = await Run(
            """
            unshare -U true &
            i=0; trap : CHLD
            while [ $i -lt 150 ]; do x=$(echo $i | cat) && echo $x > f && mkdir d && mv f d/g && rm -r d || echo BROKEN $i; i=$((i+1)); done
            echo done $i
            """, refused: _ => answer.Wait(), line => { if (line == "done 150") answer.Set(); }, variable, watch);

        Assert.Equal(["done 150"], output);
    }

    [SkippableTheory]
    [InlineData("LANG")]
    [InlineData("PERL5OPT")]
    public async Task Who_reads_what_is_hidden_and_makes_rare_calls_is_recorded_though_it_prints_nothing(string variable)
    {
        Plant("keys/id", "planted");
        Plant("password", "planted");
        var (output, refusals, _) = await Run("exec 2>/dev/null; ls ../keys; cat ../password | tr -d '\\n'; echo x >> ../password; mkdir ../keys/new; chroot /; umount /proc; mkfifo pipe; echo end; ls -l /proc/$$/fd | grep -c -e socket -e seccomp; echo $PERL5OPT", null, null, variable);

        Assert.Equal(["end", "0", variable == "PERL5OPT" ? "-w" : ""], output);
        Assert.Equal(["chroot: is never allowed", $"list: {root}/keys, which is hidden", $"read: {root}/password, which is hidden", "umount2: is never allowed"], refusals.Order(StringComparer.Ordinal));
        Assert.Equal("planted", File.ReadAllText(Path.Combine(root, "password")));
    }

    [SkippableFact]
    public async Task What_is_shown_inside_of_something_hidden_for_one_is_no_name_for_the_next()
    {
        Plant("keys/inside/seen", "shown");
        Plant("keys/id", "planted");
        var (shown, _, _) = await Run("cat ../keys/inside/seen", null, null, "LANG", readable: [Path.Combine(root, "keys/inside")]);
        Assert.Equal(["shown"], shown);
        var (output, _, _) = await Run("ls ../keys; echo end", null, null, "LANG");
        Assert.Equal(["end"], output);
    }

    [SkippableFact]
    public async Task Nothing_is_said_of_a_language_that_the_machine_does_not_have()
    {
        var (output, _, errors) = await Run("echo $LC_ALL; env | grep -c PERL", null, null, "LC_ALL");
        Assert.Equal(["xx_YY.UTF-8", "0"], output);
        Assert.Empty(errors);
    }

    private async Task<(List<string> Output, List<string> Refusals, IReadOnlyList<string> Errors)> Run(string script, Action<string>? refused, Action<string>? printed, string variable, SandboxWatch watch = SandboxWatch.Rare, string[]? readable = null)
    {
        var support = await SandboxProbe.Run(supervisor, CancellationToken.None);
        Skip.IfNot(support.IsAvailable && OperatingSystem.IsLinux(), support.Detail);
        List<string> output = [], refusals = [];
        var workspace = Path.Combine(root, "workspace");
        var spec = new ProcessSpec
        {
            Executable = "/bin/sh",
            Arguments = ["-c", script],
            WorkingDirectory = workspace,
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin", [variable] = variable switch { "LANG" => "C", "LC_ALL" => "xx_YY.UTF-8", _ => "-w" } },
            WallClockLimit = TimeSpan.FromMinutes(2),
            OnOutput = line =>
            {
                output.Add(line.ToString());
                printed?.Invoke(line.ToString());
                return ValueTask.CompletedTask;
            },
        };
        var policy = new SandboxPolicy
        {
            Workspace = workspace,
            Entry = Path.Combine(AppContext.BaseDirectory, "autopilot"),
            Watch = watch,
            Readable = readable ?? [],
            Hidden = [Path.Combine(root, "keys"), Path.Combine(root, "password")],
        };
        await using var cell = await SandboxCell.Prepare(support.Sandbox!, spec, policy, what =>
        {
            lock (refusals) refusals.Add(what);
            refused?.Invoke(what);
        });
        await using var process = await supervisor.Start(cell.Spec, CancellationToken.None);
        var exit = await process.Completion;
        await cell.DisposeAsync();
        return (output, refusals, exit.ErrorTail);
    }

    private void Plant(string path, string text)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
