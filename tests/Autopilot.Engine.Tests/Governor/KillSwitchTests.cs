using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Testing;

namespace Autopilot.Engine.Tests.Governor;

public sealed class KillSwitchTests : IDisposable
{
    private static readonly Caller User = new(Actor.User, new ProcessIdentity(42, 7, "sh"), []);
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly GovernorHome home;
    private readonly ModeMachine machine;
    private readonly KillSwitch killSwitch;

    public KillSwitchTests()
    {
        home = GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = folder["home"] });
        machine = new ModeMachine(home, clock);
        killSwitch = new KillSwitch(home, machine);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_pulled_with_its_reason_and_released_on_record()
    {
        Assert.Equal(new KillSwitchChange(null), killSwitch.Pull("enough", User));
        Assert.Equal((true, "enough"), (killSwitch.IsPulled, killSwitch.Reason));
        Assert.Equal(new KillSwitchChange(null), killSwitch.Release("", User));
        Assert.Equal((false, null), (killSwitch.IsPulled, killSwitch.Reason));
        Assert.Equal([JournalEvents.Kill, JournalEvents.Unkill], machine.Entries().Select(e => e.Event));
    }

    [Fact]
    public void A_journal_that_cannot_be_written_keeps_nothing_from_being_stopped_or_from_going_on()
    {
        Directory.CreateDirectory(home.Journal);
        Assert.StartsWith("It is not in the journal: ", killSwitch.Pull("enough", User).Unrecorded);
        Assert.Equal("enough", killSwitch.Reason);
        Assert.StartsWith("It is not in the journal: ", killSwitch.Release("", User).Unrecorded);
        Assert.False(killSwitch.IsPulled);
    }

    [Fact]
    public void A_folder_of_that_name_pulls_it_and_is_removed_by_the_release()
    {
        Directory.CreateDirectory(home.KillFile);
        Assert.Equal((true, "no reason was given"), (killSwitch.IsPulled, killSwitch.Reason));
        Assert.EndsWith("it is a folder.", killSwitch.Pull("enough", User).Unrecorded);
        Assert.Equal([home.KillFile], Directory.EnumerateFileSystemEntries(home.Path, "stop*"));
        using (var stop = new StopSource(home, killSwitch, null, clock)) Assert.StartsWith("kill: ", stop.Cause);
        Assert.Null(killSwitch.Release("", User).Unrecorded);
        Assert.False(killSwitch.IsPulled);
    }

    [Fact]
    public void What_cannot_be_removed_is_said_before_anything_is_recorded()
    {
        folder.Write("home/stop/kept.txt", "work");
        Assert.Contains($"The kill switch stays pulled: {home.KillFile} cannot be removed: ", Assert.Throws<UserErrorException>(() => killSwitch.Release("", User)).Message);
        Assert.True(killSwitch.IsPulled);
        Assert.Empty(machine.Entries());
    }

    [Fact]
    public void A_switch_that_cannot_be_pulled_by_any_means_says_so()
    {
        folder.Write("home", "no folder");
        Assert.Contains("The kill switch is NOT pulled: ", Assert.Throws<UserErrorException>(() => killSwitch.Pull("enough", User)).Message);
    }

    [Fact]
    public void A_file_named_by_the_environment_pulls_it_beside_the_one_of_the_home()
    {
        var named = folder["elsewhere/halt"];
        var both = new KillSwitch(GovernorHome.Resolve(new Dictionary<string, string> { ["AUTOPILOT_HOME"] = home.Path, ["AUTOPILOT_KILL_FILE"] = named }), machine);
        killSwitch.Pull("enough", User);
        Assert.Equal((true, "enough"), (both.IsPulled, both.Reason));
        Assert.Null(both.Release("", User).Unrecorded);
        Assert.False(killSwitch.IsPulled);

        folder.Write("elsewhere/halt", "");
        Assert.Equal([named], both.PulledBy);
        Assert.Null(both.Pull("again", User).Unrecorded);
        Assert.Equal([home.KillFile, named], both.PulledBy);
        Assert.Equal("again", killSwitch.Reason);
        both.Release("", User);
        Assert.False(both.IsPulled);
    }

    [Fact]
    public void A_named_file_that_cannot_be_made_keeps_nothing_from_being_stopped()
    {
        folder.Write("elsewhere", "no folder");
        var both = new KillSwitch(home with { NamedKillFile = folder["elsewhere/halt"] }, machine);
        Assert.StartsWith($"{folder["elsewhere/halt"]} cannot be made: ", both.Pull("enough", User).Unrecorded);
        Assert.Equal([home.KillFile], both.PulledBy);
    }
}
