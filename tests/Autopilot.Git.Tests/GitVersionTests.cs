using Autopilot.Git.Repository;

namespace Autopilot.Git.Tests;

public sealed class GitVersionTests
{
    [Theory]
    [InlineData("git version 2.39.5", true)]
    [InlineData("git version 2.38.0", true)]
    [InlineData("git version 2.50.1 (Apple Git-155)", true)]
    [InlineData("git version 3.0.rc1", true)]
    [InlineData("git version 2.37.9", false)]
    [InlineData("git version 1.8.3.1", false)]
    [InlineData("no number", true)]
    public void A_version_is_read_from_what_git_says(string text, bool enough) => Assert.Equal(enough, GitVersion.IsEnough(text));
}
