using System.Text.Json;
using Autopilot.Core.Agents;
using Autopilot.Rendering.Sessions;

namespace Autopilot.Tests;

public class ActivityTests
{
    [Theory]
    [InlineData("Edit", """{"file_path":"a.cs"}""", "edits", "a.cs")]
    [InlineData("shell", """{"command":"ls"}""", "runs", "ls")]
    [InlineData("apply_patch", """{"changes":[{"path":"a.cs","kind":"add"},{"path":"b.cs","kind":"update"}]}""", "edits", "a.cs, b.cs")]
    [InlineData("apply_patch", """{"changes":[1,{}]}""", "edits", "")]
    [InlineData("apply_patch", """{"changes":{}}""", "edits", "")]
    public void A_tool_is_shown_with_what_it_works_on(string tool, string input, string verb, string argument)
    {
        var activity = Activity.Of(new ToolCall(tool, "1", JsonDocument.Parse(input).RootElement));
        Assert.Equal((verb, argument), (activity!.Verb, activity.Detail));
    }
}
