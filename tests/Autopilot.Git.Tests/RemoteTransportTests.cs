using System.Net;
using System.Net.Sockets;
using Autopilot.Git.Landing;
using Autopilot.Git.Repository;
using Autopilot.Testing;

namespace Autopilot.Git.Tests;

/// <summary>How a push reaches its remote: over ssh and HTTP, with the user's own credentials, never with a prompt, and never for ever.</summary>
public sealed class RemoteTransportTests
{
    // An ssh that runs at once what it is to run on the other machine, and notes how it was called.
    private const string Ssh = "#!/bin/sh\necho \"$@\" >> \"$0.calls\"\nwhile [ $# -gt 1 ]; do shift; done\nexec sh -c \"$1\"\n";

    // An ssh that the other machine asks for a password.
    private const string AskingSsh = "#!/bin/sh\nif (: </dev/tty) 2>/dev/null; then echo tty > \"$0.tty\"; fi\n[ \"$SSH_ASKPASS_REQUIRE\" = force ] || exit 70\n\"$SSH_ASKPASS\" 'password: ' && exit 71\necho 'Permission denied (publickey,password).' >&2\nexit 255\n";

    [Fact]
    public async Task A_remote_that_does_not_answer_is_given_up_after_five_minutes_and_nothing_of_the_push_is_left()
    {
        using var scratch = await Scratch.Create();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await scratch.Run("user", "remote", "add", "origin", $"http://{silent.LocalEndpoint}/x.git");
        var clock = new ManualClock();
        var push = Remote(scratch, clock: clock).Push(scratch.First, CancellationToken.None);
        using var asked = await silent.AcceptTcpClientAsync();
        clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.False(push.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new PushAnswer(PushEnd.Failed, null, "origin/autopilot/green did not answer within 5 minutes"), await push);
        // The connection ends with the process that held it.
        var rest = new byte[4096];
        while (await asked.GetStream().ReadAsync(rest) > 0) { }
    }

    [Fact]
    public async Task A_mission_that_is_stopped_does_not_wait_for_the_remote()
    {
        using var scratch = await Scratch.Create();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await scratch.Run("user", "remote", "add", "origin", $"http://{silent.LocalEndpoint}/x.git");
        using var stop = new CancellationTokenSource();
        var push = Remote(scratch).Push(scratch.First, stop.Token);
        using var asked = await silent.AcceptTcpClientAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => push);
    }

    [Theory]
    [InlineData("ssh://git@far.example/", "GIT_SSH_COMMAND")]
    [InlineData("git@far.example:", "GIT_SSH_COMMAND")]
    [InlineData("git@far.example:", "core.sshCommand")]
    public async Task Over_ssh_the_users_own_command_is_used(string address, string from)
    {
        using var scratch = await Scratch.Create();
        await scratch.Run(".", "init", "-q", "--bare", scratch["remote.git"]);
        await scratch.Run("user", "remote", "add", "origin", address + scratch["remote.git"]);
        var ssh = Executable(scratch.Write("ssh", Ssh));
        if (from == "core.sshCommand") await scratch.Run("user", "config", from, ssh);
        var git = scratch.NetworkWith(from == "core.sshCommand" ? [] : [(from, ssh)]);
        var one = await scratch.Work("one", scratch.First, "a.txt", "by one\n");
        Assert.Equal(PushEnd.Pushed, (await Remote(scratch, git).Push(one, CancellationToken.None)).End);
        Assert.Equal(one.Hash, await scratch.Run("remote.git", "rev-parse", "autopilot/green"));
        Assert.Contains("git@far.example", scratch.Read("ssh.calls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ssh_that_wants_a_password_is_told_no_and_its_words_are_kept()
    {
        using var scratch = await Scratch.Create();
        await scratch.Run("user", "remote", "add", "origin", "git@far.example:x.git");
        var ssh = Executable(scratch.Write("ssh", AskingSsh));
        var answer = await Remote(scratch, scratch.NetworkWith([("GIT_SSH_COMMAND", ssh), ("SSH_ASKPASS", "/bin/true"), ("DISPLAY", ":0")])).Push(scratch.First, CancellationToken.None);
        Assert.Equal(PushEnd.Failed, answer.End);
        Assert.Contains("Permission denied (publickey,password).", answer.Detail, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch["ssh.tty"]), "ssh could have asked at a terminal");
    }

    [Fact]
    public async Task A_password_that_nobody_knows_is_not_asked_for()
    {
        using var scratch = await Scratch.Create();
        await scratch.Run(".", "init", "-q", "--bare", scratch["remote.git"]);
        using var http = new HttpRemote(scratch[""], "me", "hunter2");
        await scratch.Run("user", "remote", "add", "origin", http.Url + "remote.git");
        var prompt = Executable(scratch.Write("prompt", "#!/bin/sh\ntouch \"$0.asked\"\necho guessed\n"));
        await scratch.Run("user", "config", "core.askPass", prompt);
        var answer = await Remote(scratch, scratch.NetworkWith([("GIT_ASKPASS", prompt), ("SSH_ASKPASS", prompt)])).Push(scratch.First, CancellationToken.None);
        Assert.Equal(PushEnd.Failed, answer.End);
        Assert.Contains("Authentication failed", answer.Detail, StringComparison.Ordinal);
        Assert.False(File.Exists(prompt + ".asked"), "a prompt was shown");
        Assert.InRange(http.Authorizations.Count, 1, 3);
    }

    [Fact]
    public async Task Over_http_the_users_credential_helper_is_asked_and_what_it_says_is_shown_nowhere()
    {
        using var scratch = await Scratch.Create();
        await scratch.Run(".", "init", "-q", "--bare", scratch["remote.git"]);
        using var http = new HttpRemote(scratch[""], "me", "hunter2");
        await scratch.Run("user", "remote", "add", "origin", http.Url + "remote.git");
        var helper = Executable(scratch.Write("helper", "#!/bin/sh\necho \"$1\" >> \"$0.asked\"\n[ \"$1\" = get ] && cat \"$0.secret\"\nexit 0\n"));
        await scratch.Run("user", "config", "credential.helper", helper);
        var one = await scratch.Work("one", scratch.First, "a.txt", "by one\n");

        scratch.Write("helper.secret", "username=me\npassword=wrong-hunter2\n");
        var refused = await Remote(scratch).Push(one, CancellationToken.None);
        Assert.Equal(PushEnd.Failed, refused.End);
        Assert.DoesNotContain("hunter2", refused.Detail, StringComparison.Ordinal);
        Assert.Equal("get\nerase\n", scratch.Read("helper.asked"));

        scratch.Write("helper.secret", "username=me\npassword=hunter2\n");
        Assert.Equal(PushEnd.Pushed, (await Remote(scratch).Push(one, CancellationToken.None)).End);
        Assert.Equal(one.Hash, await scratch.Run("remote.git", "rev-parse", "autopilot/green"));
    }

    private static RemoteBranch Remote(Scratch scratch, IGit? network = null, TimeProvider? clock = null) =>
        new(network ?? scratch.NetworkGit, scratch.User, scratch.Hub, "origin", "autopilot/green", clock ?? TimeProvider.System, text => text.Replace("hunter2", "***", StringComparison.Ordinal), scratch.Gate);

    private static string Executable(string file)
    {
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
