using System.Text;
using Autopilot.Platform.Files;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Tests.Processes;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Files;

public sealed class RegularFileTests
{
    [SkippableFact]
    public async Task Only_a_file_that_lies_there_is_read()
    {
        Skip.If(OperatingSystem.IsWindows());
        using var folder = new TemporaryFolder();
        folder.Write("in/sub/a.txt", "inside");
        folder.Write("out/a.txt", "outside");
        using var supervisor = new ProcessSupervisor(TimeProvider.System);
        await Shell.Run(supervisor, Shell.Script($"cd '{folder.Path}' && mkfifo in/pipe && ln -s ../out in/link && ln -s sub/a.txt in/alias"));
        Assert.Equal("inside", TextBelow(folder["in"], "sub/a.txt"));
        Assert.All(["pipe", "link/a.txt", "alias", "sub", "gone", "sub/gone", "sub/a.txt/b"], path => Assert.Null(TextBelow(folder["in"], path)));
        Assert.Null(RegularFile.ReadBelow(folder["in"], "sub/a.txt", most: 5));
        Assert.Null(RegularFile.Read(folder["in/pipe"], 100));
        Assert.Equal("outside", Encoding.UTF8.GetString(RegularFile.Read(folder["in/link/a.txt"], 100)!));
    }

    /// <summary>What cannot be told must not pass for what is not there: a workspace would be made anew.</summary>
    [SkippableFact]
    public void A_failure_of_the_machine_is_no_absence()
    {
        Skip.If(OperatingSystem.IsWindows());
        using var folder = new TemporaryFolder();
        // As too many open files: an error that says nothing of what is there.
        Assert.Throws<IOException>(() => RegularFile.Read(folder[new string('n', 300)], 100));
        Assert.Throws<IOException>(() => RegularFile.ReadBelow(folder.Path, new string('n', 300), 100));
    }

    private static string? TextBelow(string folder, string path) => RegularFile.ReadBelow(folder, path, 100) is { } content ? Encoding.UTF8.GetString(content) : null;
}
