using System.Globalization;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Processes.Containment;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Processes;

/// <summary>The promises of the supervisor, each kept with a pid namespace and without.</summary>
public abstract class SupervisorTests(ContainmentKind kind) : IDisposable
{
    private readonly ProcessSupervisor supervisor = new(TimeProvider.System, containment: kind);

    public void Dispose() => supervisor.Dispose();

    [SkippableFact]
    public async Task The_last_lines_of_stderr_hold_no_part_of_a_private_key()
    {
        const string body = "MIIEpAIBAAKCAQEA7q1Yv9bT0w2Vx8nJx0Qw3Zk5t7Lr2Hc9Dm4Fs6Gp1Ba8Ne3K";
        var (exit, _) = await Run($"echo '-----BEGIN RSA PRIVATE KEY-----' >&2; for i in $(seq 30); do echo {body} >&2; done; exit 1");
        Assert.DoesNotContain(exit.ErrorTail, line => line.Contains(body, StringComparison.Ordinal));
        Assert.Equal(20, exit.ErrorTail.Count);
    }

    [SkippableFact]
    public async Task Output_exit_code_and_costs_are_reported()
    {
        var (exit, lines) = await Run("echo one; echo two >&2; printf three; exit 7");
        Assert.Equal(["one", "three"], lines);
        Assert.Equal((7, null, ProcessEnd.ByItself), (exit.Code, exit.Signal, exit.End));
        Assert.Equal(["two"], exit.ErrorTail);
        Assert.NotNull(exit.CpuTime);
        Assert.True(exit.PeakMemory > 100_000);
        Assert.Equal(0, exit.Survivors);
    }

    [SkippableFact]
    public async Task An_exit_code_above_128_is_not_taken_for_a_signal()
    {
        Assert.Equal((143, null), Status((await Run("exit 143")).Exit));
        Assert.Equal((null, 15), Status((await Run("kill -TERM $$")).Exit));
        Assert.Equal((null, 9), Status((await Run("kill -KILL $$")).Exit));
    }

    [SkippableFact]
    public async Task Grandchildren_in_sessions_of_their_own_end_with_it()
    {
        var word = Word();
        var (exit, _) = await Run($"setsid sh -c 'trap \"\" TERM HUP; sh -c \"sleep 600; : {word}\"' >/dev/null 2>&1 & (setsid sh -c 'sleep 600; : {word}' >/dev/null 2>&1 &) ; (env -u AUTOPILOT_SESSION setsid sh -c 'sleep 600; : {word}' >/dev/null 2>&1 &) ; sleep 0.6");
        Assert.Equal(0, exit.Code);
        Assert.True(exit.Survivors >= 3, $"{exit.Survivors} survivors");
        Assert.False(Shell.AnyAliveWith(word));
    }

    [SkippableFact]
    public async Task What_ignores_TERM_is_killed_after_the_grace()
    {
        Require();
        var word = Word();
        var spec = Shell.Script($"trap '' TERM; echo ready; while :; do sleep 600; done; : {word}") with { Grace = TimeSpan.FromMilliseconds(200) };
        var (process, _) = await Shell.StartAndRead(supervisor, spec);
        var exit = await process.Stop("enough").WaitAsync(Shell.Patience);
        Assert.Equal((null, 9), Status(exit));
        Assert.Equal((ProcessEnd.Stopped, "enough"), (exit.End, exit.Reason));
        Assert.False(Shell.AnyAliveWith(word));
    }

    [SkippableFact]
    public async Task What_heeds_TERM_has_its_grace()
    {
        Require();
        var (process, _) = await Shell.StartAndRead(supervisor, Shell.Script("trap 'exit 5' TERM; echo ready; while :; do sleep 0.05; done"));
        Assert.Equal((5, null), Status(await process.Stop("enough").WaitAsync(Shell.Patience)));
    }

    [SkippableFact]
    public async Task A_grandchild_that_holds_the_pipe_does_not_hang_it()
    {
        Require();
        var (exit, lines) = await Shell.Run(supervisor, Shell.Script("setsid sleep 600 & echo done") with { DrainLimit = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(["done"], lines);
        Assert.Equal((0, 1), (exit.Code, exit.Survivors));
    }

    [SkippableFact]
    public async Task What_waits_to_be_read_is_not_given_up_by_a_machine_that_is_too_busy_to_read_it()
    {
        Require();
        var clock = new ManualClock();
        using var busy = new ProcessSupervisor(clock, containment: kind);
        using var held = new ManualResetEventSlim();
        var (lines, first) = (new List<string>(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var process = await busy.Start(Shell.Script("read go; echo first; read go; echo second") with { Input = ProcessInput.Pipe, OnOutput = Take }, CancellationToken.None);
        await process.Write("go\n"u8.ToArray(), CancellationToken.None);
        await first.Task.WaitAsync(Shell.Patience);
        await process.Write("go\n"u8.ToArray(), CancellationToken.None);
        SpinWait.SpinUntil(() => ProcessStat.Read(process.Id) is not { IsZombie: false }, Shell.Patience);
        for (var i = 0; i < 20; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            SpinWait.SpinUntil(() => process.Completion.IsCompleted, TimeSpan.FromMilliseconds(20));
        }

        held.Set();
        Assert.False((await process.Completion.WaitAsync(Shell.Patience)).PipeAbandoned);
        Assert.Equal(["first", "second"], lines);

        // It holds up its thread as a machine does that has none to spare.
        ValueTask Take(OutputLine line)
        {
            lines.Add(line.ToString());
            first.TrySetResult();
            held.Wait(Shell.Patience);
            return ValueTask.CompletedTask;
        }
    }

    [SkippableFact]
    public async Task Silence_ends_it_and_output_puts_that_off()
    {
        Require();
        var (exit, lines) = await Shell.Run(supervisor, Shell.Script("for i in 1 2 3 4 5 6; do echo $i; sleep 0.5; done; sleep 600") with { SilenceLimit = TimeSpan.FromSeconds(2) });
        Assert.True(lines.Count == 6, $"{lines.Count} lines, {exit}");
        Assert.Equal(ProcessEnd.Silence, exit.End);
    }

    [SkippableFact]
    public async Task The_wall_clock_ends_it_however_busy_it_is()
    {
        Require();
        var (exit, _) = await Shell.Run(supervisor, Shell.Script("while :; do echo busy; sleep 0.01; done") with { WallClockLimit = TimeSpan.FromMilliseconds(500) });
        Assert.Equal((ProcessEnd.WallClock, 15), (exit.End, exit.Signal));
    }

    [SkippableFact]
    public async Task Cancelling_ends_it()
    {
        Require();
        using var cancel = new CancellationTokenSource();
        var (process, _) = await Shell.StartAndRead(supervisor, Shell.Script("echo ready; sleep 600"), cancel.Token);
        await cancel.CancelAsync();
        Assert.Equal(ProcessEnd.Cancelled, (await process.Completion.WaitAsync(Shell.Patience)).End);
    }

    [SkippableFact]
    public async Task Stdin_is_closed_or_fed_or_open()
    {
        Require();
        Assert.Equal(["0"], (await Run("wc -c")).Lines);
        var fed = await Shell.Run(supervisor, Shell.Script("wc -c") with { Input = ProcessInput.Of(new byte[3_000_000]) });
        Assert.Equal(["3000000"], fed.Lines);
        var unread = await Shell.Run(supervisor, Shell.Script("exit 0") with { Input = ProcessInput.Of(new byte[3_000_000]) });
        Assert.Equal(0, unread.Exit.Code);
        var (process, _) = await Shell.StartAndRead(supervisor, Shell.Script("echo ready; read line; test \"$line\" = hello") with { Input = ProcessInput.Pipe });
        await process.Write("hello\n"u8.ToArray(), CancellationToken.None);
        await process.CompleteInput();
        Assert.Equal(0, (await process.Completion.WaitAsync(Shell.Patience)).Code);
    }

    [SkippableFact]
    public async Task No_zombie_is_left()
    {
        await Run("(setsid sh -c 'exit 3' &) ; (sh -c 'sleep 0.3' &) ; sleep 0.5; (setsid sleep 600 >/dev/null 2>&1 &)");
        var zombies = ProcessTable.Read().ChildrenOf(Environment.ProcessId).Where(child => child.IsZombie && child.Session != ProcessStat.Read(Environment.ProcessId)!.Value.Session);
        // One of another test may have been reaped since the table was read: then it is no longer own, and no longer there.
        Assert.DoesNotContain(zombies, zombie => !Autopilot.Platform.Processes.Native.ChildProcess.IsOwn(zombie.Pid) && ProcessStat.Read(zombie.Pid) is { IsZombie: true } still && still.Identity == zombie.Identity);
    }

    [SkippableFact]
    public async Task Orphans_that_end_before_it_do_not_end_it()
    {
        var (exit, lines) = await Run("for i in 1 2 3 4 5 6 7 8; do (sh -c 'exit 3' &) ; (sleep 0.0$i &) ; done; sleep 0.3; echo alive; (setsid sleep 600 >/dev/null 2>&1 &)");
        Assert.Equal(["alive"], lines);
        Assert.Equal((0, null), Status(exit));
        Assert.Equal(1, exit.Survivors);
    }

    [SkippableFact]
    public async Task A_reader_that_fails_ends_the_process_and_is_reported()
    {
        Require();
        var spec = Shell.Script("while :; do echo busy; done") with { OnOutput = _ => throw new InvalidOperationException("broken reader") };
        await using var process = await supervisor.Start(spec, CancellationToken.None);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => process.Completion.WaitAsync(Shell.Patience));
        Assert.Equal("broken reader", failure.Message);
    }

    [SkippableFact]
    public async Task A_slow_reader_slows_the_process()
    {
        Require();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var errors = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0L;
        var spec = Shell.Script("(sleep 0.5; echo waited >&2) & head -c 3000000 /dev/zero | tr '\\0' '\\n'; wait") with
        {
            OnOutput = async _ => { if (count++ == 0) await gate.Task; },
            OnError = _ => { errors.TrySetResult(); return ValueTask.CompletedTask; },
            SilenceLimit = TimeSpan.FromSeconds(20),
        };
        await using var process = await supervisor.Start(spec, CancellationToken.None);
        await errors.Task.WaitAsync(Shell.Patience);
        Assert.False(process.Completion.IsCompleted);
        gate.SetResult();
        Assert.Equal(0, (await process.Completion.WaitAsync(Shell.Patience)).Code);
        Assert.Equal(3_000_000, count);
    }

    [SkippableFact]
    public async Task A_line_of_100_MB_and_bytes_that_are_no_text_pass_through()
    {
        Require();
        var seen = new List<(long Length, bool IsCut, string End)>();
        var spec = Shell.Script(@"head -c 100000000 /dev/zero | tr '\0' x; echo; printf '\377\376ok\n'") with
        {
            MaxLineBytes = 1 << 20,
            OnOutput = line => { seen.Add((line.Length, line.IsCut, line.ToString()[^2..])); return ValueTask.CompletedTask; },
        };
        var (exit, _) = await Shell.Run(supervisor, spec);
        Assert.Equal(0, exit.Code);
        Assert.Equal([(100_000_000, true, "xx"), (4, false, "ok")], seen);
    }

    [SkippableFact]
    public async Task Many_at_once_keep_their_outputs_apart()
    {
        Require();
        var runs = Enumerable.Range(0, 40).Select(i => Shell.Run(supervisor, Shell.Script($"echo {i}; sleep 0.2; echo {i}; exit {i}")));
        foreach (var ((exit, lines), i) in (await Task.WhenAll(runs)).Select((run, i) => (run, i)))
        {
            Assert.Equal(i, exit.Code);
            Assert.Equal([i.ToString(CultureInfo.InvariantCulture), i.ToString(CultureInfo.InvariantCulture)], lines);
        }
    }

    [SkippableFact]
    public async Task A_missing_executable_or_folder_is_said()
    {
        Require();
        await Assert.ThrowsAsync<ExecutableNotFoundException>(() => supervisor.Start(Shell.Script("") with { Executable = "no-such-program" }, CancellationToken.None));
        await Assert.ThrowsAsync<ExecutableNotFoundException>(() => supervisor.Start(Shell.Script("") with { WorkingDirectory = "/no/such/folder" }, CancellationToken.None));
        await Assert.ThrowsAsync<ExecutableNotFoundException>(() => supervisor.Start(Shell.Script("") with { Executable = "/etc/passwd" }, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Only_the_given_environment_is_there()
    {
        var (_, lines) = await Run("env");
        Assert.DoesNotContain(lines, line => line.StartsWith("HOME=", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("AUTOPILOT_SESSION=", StringComparison.Ordinal));
    }

    private static (int? Code, int? Signal) Status(ProcessExit exit) => (exit.Code, exit.Signal);

    private static string Word() => "word-" + Guid.NewGuid().ToString("N");

    private Task<(ProcessExit Exit, List<string> Lines)> Run(string script)
    {
        Require();
        return Shell.Run(supervisor, Shell.Script(script));
    }

    private void Require() => Skip.If(kind == ContainmentKind.Namespace && !NamespaceContainment.IsPossible(), "no right to make pid namespaces");
}

public sealed class NamespaceSupervisorTests() : SupervisorTests(ContainmentKind.Namespace);

public sealed class SubreaperSupervisorTests() : SupervisorTests(ContainmentKind.Subreaper);
