using Autopilot.Agents.Models;
using Autopilot.Core;
using Autopilot.Core.Models;
using Autopilot.ModelServer;
using Autopilot.ModelServer.Scenarios;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>A mission whose planner is a model, and another one where that one's provider does not let it answer.</summary>
public class ModelPlannerTests
{
    private const string Plan = """{"units":[{"title":"Add a","description":"Write a.txt.","files":["a.txt"]}]}""";

    [Theory]
    [InlineData(401, "key")]
    [InlineData(429, "limit")]
    [InlineData(402, "credit")]
    public async Task A_planner_that_is_turned_away_is_stood_in_for_and_the_mission_lands(int status, string message)
    {
        await using var server = await ScenarioServer.Start();
        var plans = new Queue<string>([Plan, """{"nothing_left": true}"""]);
        server.Book.Add(request => request.Model == "first" ? ModelReply.Fail(Fault.OfStatus(status, message: message) with { Headers = new Dictionary<string, string> { ["retry-after"] = "3600" } })
            : ModelReply.Say(plans.Count > 1 ? plans.Dequeue() : plans.Peek()));
        using var models = new ModelCatalog(
            [
                new() { Name = "one", Kind = ModelKinds.Anthropic, Model = "first", Url = server.Url, Vendor = "one", ApiKeyEnv = "FAKE_KEY" },
                new() { Name = "two", Kind = ModelKinds.OpenAi, Model = "second", Url = server.OpenAiUrl, Vendor = "two", ApiKeyEnv = "FAKE_KEY" },
            ],
            name => throw new UserErrorException($"There is no agent {name}."),
            _ => "sk-fake",
            TimeProvider.System);
        await using var mission = await DrivenMission.Create();
        mission.Models = models;
        mission.Works = folder => File.WriteAllText(Path.Combine(folder, "a.txt"), "a\n");

        var ended = await mission.Run();

        Assert.Equal("met", mission.Report(ended).Result);
        Assert.Contains("a.txt", await mission.OnGreen());
        Assert.Equal(["first", "second"], server.Log.Served.Take(2).Select(served => served.Request.Model));
    }
}
