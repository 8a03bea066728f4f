using Autopilot.Testing;
using Autopilot.Workflows.Loops;

namespace Autopilot.Workflows.Tests.Loops;

public sealed class GrowingFileTests
{
    private static readonly object Source = new();

    [Fact]
    public void Entries_are_added_and_what_stands_before_them_is_not_written_again()
    {
        using var folder = new TemporaryFolder();
        var redacted = new List<string>();
        var file = new GrowingFile(folder["log"], text =>
        {
            redacted.Add(text);
            return text;
        });
        var text = "";
        foreach (var entry in new[] { "", "one\n", "", "two\n", "three\n" })
        {
            text += entry;
            file.Write(Source, "# Head\n", text.Length, start => text[start..]);
            Assert.Equal("# Head\n" + text, File.ReadAllText(folder["log"]));
        }

        Assert.Equal(["# Head\n", "# Head\none\n", "one\ntwo\n", "two\nthree\n"], redacted);
        file.Write(new object(), "# Other\n", 0, _ => "");
        Assert.Equal("# Other\n", File.ReadAllText(folder["log"]));
    }

    [Fact]
    public void A_secret_that_begins_in_one_entry_and_ends_in_the_next_is_masked()
    {
        using var folder = new TemporaryFolder();
        var file = new GrowingFile(folder["log"], text => text.Replace("top\nsecret", "[x]\n[x]", StringComparison.Ordinal));
        var text = "";
        foreach (var entry in new[] { "begin\n", "it is top\n", "secret, and\n", "end\n" })
        {
            text += entry;
            file.Write(Source, "", text.Length, start => text[start..]);
        }

        Assert.Equal("begin\nit is [x]\n[x], and\nend\n", File.ReadAllText(folder["log"]));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("gone")]
    public void A_file_that_somebody_changed_is_written_anew(string how)
    {
        using var folder = new TemporaryFolder();
        var file = new GrowingFile(folder["log"], text => text);
        file.Write(Source, "", 1, _ => "one\n");
        if (how == "gone") File.Delete(folder["log"]);
        else File.WriteAllText(folder["log"], "on");
        file.Write(Source, "", 2, start => start == 0 ? "one\ntwo\n" : "two\n");
        Assert.Equal("one\ntwo\n", File.ReadAllText(folder["log"]));
    }
}
