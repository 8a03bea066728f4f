using System.Net;
using Autopilot.Core.Network;
using Autopilot.Platform.Sandbox;
using Autopilot.Platform.Sandbox.Watch;

namespace Autopilot.Platform.Tests.Sandbox;

public class CallJudgeTests
{
    private static readonly SandboxPolicy Policy = new() { Workspace = "/home/a/state/work", MaxFileBytes = 1000 };

    private static readonly SandboxMount[] Mounts =
    [
        new("/home/a/state", MountKind.HiddenFolder),
        new("/home/a/.netrc", MountKind.HiddenFile),
        new("/home/a/state/work", MountKind.Writable),
        new("/home/a/state/work/.git/config", MountKind.ReadOnly),
        new("/tmp/program", MountKind.ReadOnly),
    ];

    private static readonly CallJudge Judge = new(Policy, BubblewrapArguments.Ordered(Mounts));

    [Theory]
    [InlineData("/home/a/.netrc", true)]
    [InlineData("/home/a/.netrc2", false)]
    [InlineData("/home/a/state", true)]
    [InlineData("/home/a/state/ledger.db", true)]
    [InlineData("/home/a/state/work/file", false)]
    [InlineData("/home/a/state/workother", true)]
    [InlineData("/usr/bin/env", false)]
    [InlineData("/run/user/0/bus", true)]
    [InlineData("/run/autopilot/session", false)]
    [InlineData("/run/systemd/resolve/resolv.conf", false)]
    public void What_is_hidden_is_refused_to_readers(string path, bool refused) => Assert.Equal(refused, Judge.Read(path) is not null);

    [Theory]
    [InlineData("/home/a/state/work/new", false)]
    [InlineData("/home/a/state/work/.git/config", true)]
    [InlineData("/home/a/state/x", true)]
    [InlineData("/etc/passwd", true)]
    [InlineData("/tmp/x", false)]
    [InlineData("/tmp/program/x", true)]
    [InlineData("/tmpx", true)]
    [InlineData("/dev/null", false)]
    [InlineData("/dev/pts/0", false)]
    [InlineData("/dev/sda", true)]
    [InlineData("/dev/shm/x", false)]
    [InlineData("/proc/self/fd/1", false)]
    [InlineData("/proc/sysrq-trigger", true)]
    [InlineData("/proc/self/task/12/comm", false)]
    [InlineData("/proc/self/comm", false)]
    [InlineData("/proc/thread-self/comm", false)]
    [InlineData("/proc/7/task/12/comm", true)]
    [InlineData("/proc/self/task/12/oom_score_adj", true)]
    [InlineData("/proc/self/task/12/attr/comm", true)]
    [InlineData("/proc/self/oom_score_adj", true)]
    public void What_is_not_writable_is_refused_to_writers(string path, bool refused) => Assert.Equal(refused, Judge.Change(path) is not null);

    [Theory]
    [InlineData("off", "127.0.0.1", true)]
    [InlineData("off", "::1", true)]
    [InlineData("on", "192.0.2.1", false)]
    [InlineData("hosts", "127.0.0.1", false)]
    [InlineData("hosts", "::ffff:127.0.0.1", false)]
    [InlineData("hosts", "192.0.2.1", true)]
    public void A_connection_is_refused_where_the_network_does_not_lead(string network, string address, bool refused)
    {
        var access = network switch { "on" => NetworkAccess.On, "off" => NetworkAccess.Off, _ => NetworkAccess.To(HostRule.TryParse("example.org")!) };
        Assert.Equal(refused, new CallJudge(Policy with { Network = access }, Mounts).Connect(IPAddress.Parse(address), 80) is not null);
    }

    [Theory]
    [InlineData("/var/run/docker.sock", true)]
    [InlineData("/var/run/nscd/socket", false)]
    [InlineData("/home/a/state/work/socket", false)]
    [InlineData("", false)]
    public void A_socket_of_the_host_is_refused(string path, bool refused) => Assert.Equal(refused, Judge.ConnectToSocket(path) is not null);

    [Fact]
    public void What_is_no_file_is_judged_by_its_arguments()
    {
        Assert.NotNull(Judge.Limit(1, 1001));
        Assert.Null(Judge.Limit(1, 1000));
        Assert.Null(Judge.Limit(7, 1 << 20));
        Assert.NotNull(CallJudge.Namespace(0x10000000));
        Assert.Null(CallJudge.Namespace(0x00010F00)); // a thread
        Assert.NotNull(CallJudge.Device("/w/disk", 0x6000 | 0x1A4));
        Assert.Null(CallJudge.Device("/w/fifo", 0x1000 | 0x1A4));
        Assert.False(CallJudge.Writes(0x80000)); // close on exec
        Assert.True(CallJudge.Writes(0x41));
    }
}
