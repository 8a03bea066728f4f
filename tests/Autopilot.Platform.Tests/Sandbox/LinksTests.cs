using Autopilot.Platform.Sandbox.Watch;
using Autopilot.Testing;

namespace Autopilot.Platform.Tests.Sandbox;

public sealed class LinksTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [SkippableTheory]
    [InlineData("openat", "target")]
    [InlineData("chmod", "target")]
    [InlineData("unlinkat", "link")]
    [InlineData("rename", "link")]
    public void A_call_is_judged_by_the_link_or_by_where_it_leads_as_the_kernel_takes_it(string call, string expected)
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        File.WriteAllText(folder["target"], "");
        File.CreateSymbolicLink(folder["link"], folder["target"]);
        var takesLinks = WatchedCall.All.First(c => c.Name == call).TakesLinks;
        Assert.Equal(folder[expected], Links.Resolve(Environment.ProcessId, folder["link"], !takesLinks));
    }

    public void Dispose() => folder.Dispose();
}
