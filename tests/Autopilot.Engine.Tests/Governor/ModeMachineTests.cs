using System.Text;
using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Platform.Journals;
using Autopilot.Testing;

namespace Autopilot.Engine.Tests.Governor;

public sealed class ModeMachineTests : IDisposable
{
    private static readonly Caller User = new(Actor.User, new ProcessIdentity(42, 7, "sh"), [new ProcessIdentity(1, 1, "init")]);
    private static readonly Caller Agent = User with { Actor = Actor.Agent, Evidence = "environment: AUTOPILOT_SESSION is set" };
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly GovernorHome home;

    public ModeMachineTests() => home = GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = folder["home"] });

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reading_what_was_never_written_is_off_and_writes_nothing()
    {
        Assert.Equal(Mode.Off, Machine().Read().Mode);
        Assert.False(Directory.Exists(home.Path));
    }

    [Fact]
    public void An_end_that_cannot_be_recorded_holds_all_the_same_and_is_counted_once_and_told_until_it_is()
    {
        var counted = new List<string>();
        var machine = new ModeMachine(home, clock, (name, labels) => counted.Add($"{name} {labels}"));
        Assert.True(machine.Request(new ModeRequest(Actor.User, Mode.OnTemporary, "an hour", clock.GetUtcNow().AddHours(1)), User).IsAllowed);
        Assert.Null(machine.Unrecorded);
        clock.Advance(TimeSpan.FromHours(1));
        // As in a folder that is read-only, and for root as well.
        File.Delete(home.Lock);
        Directory.CreateDirectory(home.Lock);
        for (var i = 0; i < 3; i++) Assert.Equal(Mode.Off, machine.Read().Mode);
        Assert.Equal(["autopilot_failures_total where=\"mode\",kind=\"end_not_recorded\""], counted);
        Assert.Contains("cannot be written", machine.Unrecorded);
        Directory.Delete(home.Lock);
        Assert.Equal((Mode.Off, Actor.System), (machine.Read().Mode, machine.Read().SetBy));
        Assert.Null(machine.Unrecorded);
        Assert.Equal(2, machine.Entries().Count());
    }

    [Fact]
    public void A_transition_is_seen_by_every_other_process_at_once()
    {
        var (first, second) = (Machine(), Machine());
        Assert.Equal(Mode.Off, second.Read().Mode);
        On(first);
        Assert.Equal(Mode.OnPermanent, second.Read().Mode);
        Assert.True(second.Request(new ModeRequest(Actor.User, Mode.Off, "enough"), User).IsAllowed);
        Assert.Equal(("off", "enough"), (GovernanceNames.Of(first.Read().Mode), first.Read().Reason));
    }

    [Fact]
    public void A_refused_request_is_on_record_with_who_asked()
    {
        var machine = Machine();
        Assert.Equal(RefusalCodes.AgentCannotSetPermanent, machine.Request(new ModeRequest(Actor.User, Mode.OnPermanent, "please"), Agent).Refusal);
        var entry = Assert.Single(Machine().History(10));
        Assert.Equal((JournalEvents.Refusal, "agent", 42, "please", RefusalCodes.AgentCannotSetPermanent), (entry.Event, entry.Actor, entry.Pid, entry.Reason, entry.Code));
        Assert.Equal("init", Assert.Single(entry.Parents).Name);
        Assert.Equal(Agent.Evidence, entry.Evidence);
    }

    [Fact]
    public void A_period_that_is_over_ends_with_the_next_read_by_whomever_and_only_once()
    {
        Machine().Request(new ModeRequest(Actor.User, Mode.OnTemporary, "evening", clock.GetUtcNow().AddHours(1)), User);
        var readers = Enumerable.Range(0, 4).Select(_ => Machine()).ToList();
        Assert.All(readers, r => Assert.Equal(Mode.OnTemporary, r.Read().Mode));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.All(readers, r => Assert.Equal(Mode.Off, r.Read().Mode));
        var entry = Machine().History(10)[^1];
        Assert.Equal(("transition", "system", "on_temporary", "off"), (entry.Event, entry.Actor, entry.From, entry.To));
        Assert.Equal(2, Machine().History(10).Count);
    }

    [Fact]
    public void A_period_that_is_over_ends_for_all_though_another_process_keeps_the_lock()
    {
        Machine().Request(new ModeRequest(Actor.User, Mode.OnTemporary, "evening", clock.GetUtcNow().AddHours(1)), User);
        var machine = Machine();
        using var stop = new StopSource(home, new KillSwitch(home, machine), machine, clock);
        using (Held())
        {
            clock.Advance(TimeSpan.FromHours(1));
            Assert.StartsWith("mode:off: ", stop.Cause);
            Assert.Equal(Mode.Off, Machine().Read().Mode);
            Assert.Contains($"{home.Lock} is locked by another process", machine.Unrecorded);
        }

        Assert.Equal(Mode.Off, machine.Read().Mode);
        Assert.Null(machine.Unrecorded);
        Assert.Equal(2, machine.Entries().Count());
    }

    [Fact]
    public void What_is_asked_after_an_end_that_nobody_recorded_is_decided_from_the_end()
    {
        Machine().Request(new ModeRequest(Actor.User, Mode.OnTemporary, "evening", clock.GetUtcNow().AddHours(1)), User);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(Machine().Request(new ModeRequest(Actor.Agent, Mode.OnTemporary, "go on", clock.GetUtcNow().AddHours(1)), Agent).IsAllowed);
        Assert.Equal([("user", "on_temporary"), ("system", "off"), ("agent", "on_temporary")], Machine().Entries().Select(e => (e.Actor, e.To)));
    }

    [Fact]
    public void The_wait_for_the_lock_ends_with_the_command()
    {
        using var interruption = new CancellationTokenSource();
        var machine = new ModeMachine(home, clock, interruption: interruption.Token);
        On(machine);
        interruption.Cancel();
        On(machine);
        using var held = Held();
        Assert.Throws<OperationCanceledException>(() => On(machine));
        var killSwitch = new KillSwitch(home, machine);
        Assert.Contains("was interrupted", killSwitch.Pull("enough", User).Unrecorded);
        Assert.True(killSwitch.IsPulled);
    }

    [Theory]
    [InlineData("cut two", "off")]
    [InlineData("cut one", "on_permanent")]
    public void Who_reads_a_damaged_journal_waits_for_nobody(string damage, string mode)
    {
        for (var i = 0; i < 3; i++) On(Machine());
        var bytes = File.ReadAllBytes(home.Journal);
        if (damage == "cut one") File.WriteAllBytes(home.Journal, bytes[..(Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2) + 1)]);
        else Damage(damage, bytes);
        var machine = Machine();
        using (Held()) Assert.Equal(mode, GovernanceNames.Of(machine.Read().Mode));
        Assert.Equal(mode, GovernanceNames.Of(machine.Read().Mode));
        Assert.True(machine.Verifies());
    }

    [Fact]
    public void A_mode_that_an_agent_had_no_right_to_falls_to_off_with_its_history_kept()
    {
        var outcome = Machine().Import(Foreign(Actor.Agent, 3), User);
        Assert.Equal(new ImportOutcome(3, true, RefusalCodes.AgentCannotSetPermanent), outcome);
        var state = Machine().Read();
        Assert.Equal((Mode.Off, Actor.System), (state.Mode, state.SetBy));
        Assert.Contains("the imported mode was on_permanent: An agent may not", state.Reason);
        Assert.Equal(RefusalCodes.AgentCannotSetPermanent, Machine().History(1)[0].Code);
        Assert.Equal(new ImportOutcome(0, false, null), Machine().Import(Foreign(Actor.Agent, 3), User));
    }

    [Fact]
    public async Task Imports_side_by_side_record_each_transition_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Machine().Import(Foreign(Actor.User, 30), User))));
        Assert.Equal((30, 1), (outcomes.Sum(o => o.Added), outcomes.Count(o => o.Adopted)));
        Assert.Equal(31, Machine().Entries().Count());
        Assert.Equal(Mode.OnPermanent, Machine().Read().Mode);
        Assert.True(Machine().Verifies());
    }

    private LocalAutopilotState Foreign(Actor actor, int transitions) => new(
        new ModeState { Mode = Mode.OnPermanent, SetBy = actor, SetAt = clock.GetUtcNow(), Reason = "go" },
        [.. Enumerable.Range(0, transitions).Select(i => new ImportedTransition(clock.GetUtcNow().AddMinutes(i), Mode.Off, Mode.OnPermanent, actor, "go"))]);

    [Fact]
    public void The_expected_mode_is_compared_under_the_lock()
    {
        var machine = Machine();
        On(machine);
        Assert.Equal("conflict:mode_is:on_permanent", machine.Request(new ModeRequest(Actor.User, Mode.Off, Expected: Mode.Off), User).Refusal);
    }

    [Fact]
    public async Task Writers_side_by_side_lose_nothing()
    {
        const int writers = 8, each = 25;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(() =>
        {
            var machine = Machine();
            for (var i = 0; i < each; i++) machine.Request(new ModeRequest(Actor.User, i % 2 == 0 ? Mode.OnPermanent : Mode.Off, $"{w}/{i}"), User);
        })));
        var entries = Machine().Entries().ToList();
        Assert.Equal(Enumerable.Range(1, writers * each).Select(i => (long)i), entries.Select(e => e.Seq));
        Assert.Equal(writers * each, entries.Select(e => e.Reason).Distinct().Count());
        Assert.Equal(entries.Skip(1).Select(e => e.From), entries.SkipLast(1).Select(e => e.To));
        Assert.True(Machine().Verifies());
    }

    [Fact]
    public void Any_cut_of_the_last_line_is_restored_from_the_snapshot()
    {
        Machine().Request(new ModeRequest(Actor.User, Mode.Off, "first"), User);
        On(Machine());
        var whole = File.ReadAllBytes(home.Journal);
        var snapshot = File.ReadAllBytes(home.Snapshot);
        var lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (var cut = lastLine; cut < whole.Length; cut += 7)
        {
            File.WriteAllBytes(home.Journal, whole[..cut]);
            File.WriteAllBytes(home.Snapshot, snapshot);
            var machine = Machine();
            Assert.Equal(Mode.OnPermanent, machine.Read().Mode);
            Assert.Equal(JournalEvents.Repair, machine.History(1)[0].Event);
            Assert.True(machine.Verifies());
        }

        Assert.Empty(Quarantined());
    }

    [Fact]
    public void A_torn_line_that_was_never_acknowledged_is_cut_off_by_the_next_writer()
    {
        On(Machine());
        File.AppendAllText(home.Journal, "{\"seq\":2,\"to\":\"off\"");
        Assert.Equal(Mode.OnPermanent, Machine().Read().Mode);
        Assert.True(Machine().Request(new ModeRequest(Actor.User, Mode.Off), User).IsAllowed);
        Assert.Equal([JournalEvents.Transition, JournalEvents.Repair, JournalEvents.Transition], Machine().Entries().Select(e => e.Event));
        Assert.True(Machine().Verifies());
    }

    public static TheoryData<string> Damages { get; } = ["flip", "garbage", "empty", "missing", "cut two", "rewritten", "line of nonsense"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_does_not_verify_is_put_aside_and_the_mode_falls_to_off(string damage)
    {
        for (var i = 0; i < 3; i++) On(Machine());
        var before = File.ReadAllBytes(home.Journal);
        Damage(damage, before);
        var damaged = File.Exists(home.Journal) ? File.ReadAllBytes(home.Journal) : null;

        var machine = Machine();
        Assert.Equal(Mode.Off, machine.Read().Mode);
        var entry = machine.History(1)[0];
        Assert.Equal((JournalEvents.Quarantine, "system", "off"), (entry.Event, entry.Actor, entry.To));
        Assert.True(machine.Verifies());
        if (damaged is not null) Assert.Equal(damaged, File.ReadAllBytes(Assert.Single(Quarantined())));

        On(machine);
        Damage(damage, File.ReadAllBytes(home.Journal));
        Assert.Equal(Mode.Off, Machine().Read().Mode);
        if (damaged is not null) Assert.Equal(2, Quarantined().Count);
    }

    [Fact]
    public void The_history_before_a_damage_is_kept()
    {
        foreach (var reason in new[] { "one", "two", "three" }) Machine().Request(new ModeRequest(Actor.User, Mode.OnPermanent, reason), User);
        var bytes = File.ReadAllBytes(home.Journal);
        bytes[^10] ^= 1;
        File.WriteAllBytes(home.Journal, bytes);
        Assert.Equal(Mode.Off, Machine().Read().Mode);
        Assert.Equal(["one", "two"], Machine().Entries().SkipLast(1).Select(e => e.Reason));
    }

    [Fact]
    public void A_reason_of_any_length_and_script_is_one_line()
    {
        Machine().Request(new ModeRequest(Actor.User, Mode.OnPermanent, "line\nbreak \"quoted\" ü 漢字 \u0001" + new string('x', 10_000)), User);
        On(Machine());
        Assert.Equal(2, Machine().Entries().Count());
        Assert.StartsWith("line\nbreak \"quoted\" ü 漢字", Machine().Entries().First().Reason);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_refuses_and_changes_nothing()
    {
        Directory.CreateDirectory(folder["home"]);
        Directory.CreateDirectory(home.Journal);
        Assert.Throws<UserErrorException>(() => On(Machine()));
    }

    private void Damage(string damage, byte[] bytes)
    {
        switch (damage)
        {
            case "flip": bytes[bytes.Length / 2] ^= 1; File.WriteAllBytes(home.Journal, bytes); break;
            case "garbage": File.WriteAllText(home.Journal, "not a journal\n"); break;
            case "empty": File.WriteAllText(home.Journal, ""); break;
            case "missing": File.Delete(home.Journal); break;
            case "cut two": File.WriteAllBytes(home.Journal, bytes[..(Array.IndexOf(bytes, (byte)'\n') + 1)]); break;
            case "rewritten": Rewrite(bytes); break;
            default: File.AppendAllText(home.Journal, "nonsense\n"); break;
        }
    }

    private void Rewrite(byte[] bytes)
    {
        var (hash, chain) = (HashChain.Genesis, new List<byte>());
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var json = line[..line.LastIndexOf(",\"hash\"", StringComparison.Ordinal)].Replace("\"pid\":42", "\"pid\":43") + "}";
            chain.AddRange(HashChain.Seal(hash, Encoding.UTF8.GetBytes(json), out hash));
        }

        File.WriteAllBytes(home.Journal, [.. chain]);
    }

    private List<string> Quarantined() =>
        Directory.EnumerateFiles(home.Path, "mode.journal.quarantine-*").Where(f => !f.Contains(".snapshot")).ToList();

    private ShortLock Held() => ShortLock.TryTake(home.Lock, TimeSpan.Zero)!;

    private ModeMachine Machine() => new(home, clock);

    private static void On(ModeMachine machine) => Assert.True(machine.Request(new ModeRequest(Actor.User, Mode.OnPermanent, "go"), User).IsAllowed);
}
