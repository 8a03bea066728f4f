using Autopilot.Testing;
using Autopilot.Workflows.Loops;

namespace Autopilot.Workflows.Tests.Loops;

/// <summary>The folder through which agents read and write is theirs to change; what they put there must not lead us anywhere else.</summary>
public sealed class LoopMaterialsTests : IDisposable
{
    private static readonly PairPlace Place = new(new LoopTemplates().Pairs().First(p => p.Name == "plan"), null);

    private readonly TemporaryFolder folder = new();
    private readonly LoopRecord record = new("run", null, 0, "Make it.", "Make it.", []);

    public LoopMaterialsTests()
    {
        folder.Write("outside/request.md", "the user's");
        folder.Write("outside/plan.md", "the user's");
        Directory.CreateDirectory(folder["work"]);
    }

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData(".autopilot")]
    [InlineData(".autopilot/loop")]
    [InlineData(".autopilot/loop/request.md")]
    public void A_link_in_the_way_is_taken_away_and_not_followed(string link)
    {
        Skip.If(OperatingSystem.IsWindows());
        Directory.CreateDirectory(Path.GetDirectoryName(folder["work/" + link])!);
        Directory.CreateDirectory(folder["outside/loop"]);
        File.CreateSymbolicLink(folder["work/" + link], link.EndsWith(".md", StringComparison.Ordinal) ? folder["outside/request.md"] : folder["outside"]);
        LoopMaterials.Write(folder["work"], record, Place, null);
        Assert.Equal("Make it.", File.ReadAllText(folder["work/.autopilot/loop/request.md"]));
        Assert.Null(new FileInfo(folder["work/" + link]).LinkTarget);
        Assert.Equal("the user's", File.ReadAllText(folder["outside/request.md"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["outside/loop"]));
    }

    [Fact]
    public void A_folder_or_a_file_in_the_way_is_taken_away()
    {
        folder.Write("work/.autopilot/loop/request.md/inner", "x");
        folder.Write("work/.autopilot/loop/artifacts", "x");
        record.Artifacts["implement/notes.md"] = "notes";
        LoopMaterials.Write(folder["work"], record, Place, null);
        Assert.Equal("Make it.", File.ReadAllText(folder["work/.autopilot/loop/request.md"]));
        Assert.Equal("notes", File.ReadAllText(folder["work/.autopilot/loop/artifacts/implement/notes.md"]));
    }

    [SkippableFact]
    public void Nothing_is_collected_through_a_link()
    {
        Skip.If(OperatingSystem.IsWindows());
        Directory.CreateDirectory(folder["work/.autopilot/loop/artifacts"]);
        Directory.CreateSymbolicLink(folder["work/.autopilot/loop/artifacts/plan"], folder["outside"]);
        Assert.Empty(LoopMaterials.Collect(folder["work"], Place));
        folder.Write("outside/plan-1.1-produce.md", "the user's");
        Directory.CreateSymbolicLink(folder["work/.autopilot/loop/new-decisions"], folder["outside"]);
        Assert.Null(LoopMaterials.Decisions(folder["work"], "plan/1.1/produce"));
    }

    [SkippableFact]
    public void What_is_there_already_is_not_written_again()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        LoopMaterials.Write(folder["work"], record, Place, null);
        File.SetLastWriteTimeUtc(folder["work/.autopilot/loop/request.md"], DateTime.UnixEpoch);
        LoopMaterials.Write(folder["work"], record, Place, null);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(folder["work/.autopilot/loop/request.md"]));
        File.WriteAllText(folder["work/.autopilot/loop/request.md"], "Take it.");
        LoopMaterials.Write(folder["work"], record, Place, null);
        Assert.Equal("Make it.", File.ReadAllText(folder["work/.autopilot/loop/request.md"]));
    }
}
