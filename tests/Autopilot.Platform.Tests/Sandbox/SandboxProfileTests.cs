using Autopilot.Core.Network;
using Autopilot.Platform.Sandbox;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Sandbox;

public sealed class SandboxProfileTests
{
    private static readonly SandboxPolicy Policy = new() { Workspace = "/home/a/.state/workspaces/one" };

    private static readonly SandboxMount[] Mounts =
    [
        new("/home/a/.state/workspaces/one", MountKind.Writable),
        new("/home/a/.state", MountKind.HiddenFolder),
        new("/home/a/.netrc", MountKind.HiddenFile),
        new("/home/a/.state/workspaces/one/.git", MountKind.Writable),
        new("/home/a/.state/workspaces/one/.git/config", MountKind.ReadOnly),
    ];

    [Fact]
    public void A_workspace_inside_a_hidden_folder_is_mounted_after_it_and_before_that_is_sealed()
    {
        var arguments = string.Join(' ', BubblewrapArguments.For(Policy, Mounts, Policy.Workspace));
        Assert.Contains("--ro-bind /dev/null /home/a/.netrc --tmpfs /home/a/.state --bind /home/a/.state/workspaces/one /home/a/.state/workspaces/one", arguments);
        Assert.EndsWith("--remount-ro /home/a/.state --remount-ro /proc --remount-ro /dev --remount-ro /run --chdir /home/a/.state/workspaces/one --", arguments);
    }

    [Fact]
    public void A_decoy_stands_where_something_is_hidden_and_is_sealed_as_well()
    {
        var arguments = string.Join(' ', BubblewrapArguments.For(Policy, Mounts, Policy.Workspace, decoy: path => "/decoy" + path));
        Assert.Contains("--ro-bind /decoy/home/a/.netrc /home/a/.netrc --bind /decoy/home/a/.state /home/a/.state --bind /home/a/.state/workspaces/one /home/a/.state/workspaces/one", arguments);
        Assert.Contains("--remount-ro /home/a/.state --remount-ro /proc", arguments);
    }

    [Fact]
    public void The_network_is_cut_unless_it_is_allowed()
    {
        Assert.Contains("--unshare-net", BubblewrapArguments.For(Policy, Mounts, "/"));
        Assert.DoesNotContain("--unshare-net", BubblewrapArguments.For(Policy with { Network = NetworkAccess.On }, Mounts, "/"));
    }

    [Fact]
    public void Of_two_rules_for_a_path_the_stricter_holds() =>
        Assert.Equal(MountKind.HiddenFolder, Assert.Single(BubblewrapArguments.Ordered([new("/x", MountKind.HiddenFolder), new("/x", MountKind.Writable)])).Kind);

    [Fact]
    public void The_seatbelt_profile_denies_by_default_and_deeper_rules_come_last()
    {
        var profile = SeatbeltProfile.For(Policy, [.. Mounts, new("/a \"b\"\\c", MountKind.Writable)]);
        Assert.StartsWith("(version 1)\n(deny default)\n", profile);
        Assert.DoesNotContain("network", profile);
        Assert.Contains("(subpath \"/a \\\"b\\\"\\\\c\")", profile);
        Assert.True(profile.IndexOf("(deny file-read* file-write* (subpath \"/home/a/.state\"))", StringComparison.Ordinal)
            < profile.IndexOf("(allow file-read* file-write* (subpath \"/home/a/.state/workspaces/one\"))", StringComparison.Ordinal));
        Assert.EndsWith("(deny file-write* (subpath \"/home/a/.state/workspaces/one/.git/config\"))\n", profile);
        Assert.Contains("(allow network*)", SeatbeltProfile.For(Policy with { Network = NetworkAccess.On }, []));
    }

    [Fact]
    public void Of_the_common_folder_of_a_worktree_only_what_a_commit_writes_is_writable()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tree/.git", $"gitdir: {folder["repo/.git/worktrees/tree"]}\n");
        folder.Write("repo/.git/worktrees/tree/commondir", "../..\n");
        folder.Write("repo/.git/config", "");
        foreach (var name in new[] { "objects", "refs", "hooks" }) Directory.CreateDirectory(folder["repo/.git/" + name]);
        var mounts = RepositoryMetadata.MountsFor(folder["tree"]).ToDictionary(mount => mount.Path, mount => mount.Kind);
        Assert.Equal(MountKind.ReadOnly, mounts[folder["tree/.git"]]);
        Assert.Equal(MountKind.ReadOnly, mounts[folder["repo/.git"]]);
        Assert.Equal(MountKind.Writable, mounts[folder["repo/.git/objects"]]);
        Assert.Equal(MountKind.Writable, mounts[folder["repo/.git/worktrees/tree"]]);
        Assert.Equal(MountKind.ReadOnly, mounts[folder["repo/.git/worktrees/tree/commondir"]]);
    }
}
