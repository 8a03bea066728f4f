using Autopilot.Platform.Sandbox;

namespace Autopilot.Platform.Tests.Sandbox;

public sealed class RefusalsTests
{
    private readonly Refusals refusals = new(["/home/me/.ssh", "/repo/.git", "/repo/.git/hooks"]);

    [Fact]
    public void A_flood_in_one_folder_hides_nothing_else_and_is_summed_up()
    {
        var noted = Enumerable.Range(0, 10_000).Count(i => refusals.Add(Change("mkdir", $"/opt/x{i}")));

        Assert.Equal(Refusals.NotesOfKind, noted);
        Assert.True(refusals.Add(Change("mkdir", "/usr/bin/git")));
        Assert.True(refusals.Add(Change("openat", "/opt/x1")));
        Assert.Equal("the sandbox refused 9995 more: 9995 × mkdir: a change of …, which is not writable (/opt)", refusals.Rest());
        Assert.Null(refusals.Rest());
    }

    [Fact]
    public void What_is_guarded_is_noted_after_any_flood()
    {
        foreach (var call in new[] { "openat", "mkdir" })
            for (var i = 0; i < 5_000; i++) refusals.Add(Change(call, $"/opt/{i}/.git/hooks/pre-commit"));

        Assert.True(refusals.Add(Change("openat", "/repo/.git/hooks/pre-commit")));
        Assert.True(refusals.Add(Change("openat", "/repo/.git/config")));
        Assert.True(refusals.Add("read: /home/me/.ssh/id_rsa, which is hidden"));
        Assert.True(refusals.Add("umount2: is never allowed"));
    }

    [Fact]
    public void The_notes_and_the_memory_are_bounded_whatever_is_tried_and_nothing_goes_uncounted()
    {
        const int Tries = 50_000;
        var noted = Enumerable.Range(0, Tries).Count(i => refusals.Add(Change("openat", $"/{i}, which is {i}/a, which is not writable")))
            + Enumerable.Range(0, Tries).Count(i => refusals.Add($"connect: 10.0.{i / 256}.{i % 256}:80, which the network of the sandbox does not reach"))
            + Enumerable.Range(0, Tries).Count(i => refusals.Add($"connection to host{i}.example:443"))
            + Enumerable.Range(0, Tries).Count(i => refusals.Add($"sort{i}: of its own"));

        Assert.InRange(noted, 4, 3 * (Refusals.PlacesOfKind + 1) * Refusals.NotesOfKind + 1_000);
        var rest = refusals.Rest()!;
        Assert.StartsWith($"the sandbox refused {4 * Tries - noted} more: ", rest);
        Assert.True(rest.Length < 10_000);
    }

    [Fact]
    public void The_same_again_is_counted_and_not_noted()
    {
        Assert.True(refusals.Add("umount2: is never allowed"));
        Assert.False(refusals.Add("umount2: is never allowed"));
        Assert.True(refusals.AddPrinted("Read-only file system", "touch: cannot touch '/usr/x': Read-only file system"));
        Assert.False(refusals.AddPrinted("Read-only file system", "touch: cannot touch '/usr/x': Read-only file system"));
        Assert.Equal("the sandbox refused 2 more: 1 × umount2: is never allowed; 1 × printed: Read-only file system (/usr)", refusals.Rest());
    }

    private static string Change(string call, string path) => $"{call}: a change of {path}, which is not writable";
}
