using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Chaining;
using Autopilot.Core.Missions.Learning;
using Autopilot.Core.Planning;
using Autopilot.Core.Verification;
using Autopilot.Workflows.Missions;
using Autopilot.Workflows.Missions.Effects;
using Autopilot.Workflows.Prompts;

namespace Autopilot.Workflows.Tests.Missions;

/// <summary>What was learned really reaches those who plan and work: read in the text of their prompts.</summary>
public class PromptTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly PlannedUnit Unit = new()
    {
        Id = "u1",
        Title = "Export orders",
        Description = "as CSV",
        Files = ["Export.cs"],
        Specialist = "debugger",
        VerificationHint = "open it in a spreadsheet",
        Criteria = [new AcceptanceCriterion("there is a header", "grep -q id out.csv")],
    };

    private static readonly MissionRequest Request = new() { Objective = "Export all", Base = "b", Green = "g", Verification = VerificationPlan.Of("./check"), Settings = new MissionSettings { MaxAttempts = 2 } };

    private static readonly Experience Past = new(
    [
        new PastMission("r", "o", "partial", null, false, 1, 0, 0, ["Import orders: the parser is too slow"])
        {
            Outcomes = [.. Enumerable.Range(0, 5).Select(i => new UnitOutcome("debugger", 1, false, i > 1, 1, TimeSpan.Zero))],
            Lessons = ["Export invoices (landed): Discovered: CSV needs a BOM.", "Something else (landed): Concerns: the clock."],
        },
    ]);

    [Fact]
    public void The_planner_hears_of_failures_remarks_objections_additions_and_risks()
    {
        var text = PlanPrompt.Of(new PromptTemplates(), Request, "Use tabs.", Story(), Past, "the scope", 1, "\nBe bolder.");
        Assert.All(
            [
                "Export all", "Added later:", "and imports", "./check", "Use tabs.", "the scope", "Be bolder.",
                "u1 attempt 1 was sent back for test", "test_export is red", "The review of u1 (Export orders): 4.0 of 10. No header.",
                "u1 (Export orders) did not land", "Export.cs needs a culture", "The objective is not met, because: imports are missing",
                "specialist debugger: 40 % of 5 units did not land", "The last plan could not be read: prose",
                "In an earlier mission: Export invoices (landed): Discovered: CSV needs a BOM.",
            ],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain("the clock", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worker_hears_of_the_unit_its_setbacks_what_others_found_and_the_risks_of_its_kind()
    {
        var state = Story();
        var unit = state.Units["u1"];
        var text = WorkPrompt.Of(new PromptTemplates(), Request, "Use tabs.", "missions/work", unit, state, Past, rival: 4, "\n# A design by the architect\nFirst the header.\n");
        Assert.All(
            [
                "Export orders", "as CSV", "Export.cs", "there is a header (`grep -q id out.csv` exits with 0)", "open it in a spreadsheet", "Use tabs.",
                "Attempt 1 (test): verification failed with it:", "Run the failing tests alone", "Export.cs needs a culture", "specialist debugger: 40 %",
                "smallest change that does the whole task", "First the header.", "You are a debugger.",
                "Export invoices (landed): Discovered: CSV needs a BOM.", "did not land: Import orders: the parser is too slow",
            ],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.DoesNotContain("the clock", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_attempt_without_any_past_has_no_empty_sections()
    {
        var state = Start().Apply(new PlanMade(1, [Unit], 4) { At = Noon });
        var text = WorkPrompt.Of(new PromptTemplates(), Request, "None.", "missions/work", state.Units["u1"], state, Experience.None, rival: 0, "");
        Assert.All(["Earlier attempts", "What was learned", "earlier missions", "often failed", "The approach to take"], part => Assert.DoesNotContain(part, text, StringComparison.Ordinal));
    }

    private static MissionState Start() => new() { Objective = "Export all", Settings = Request.Settings, StartedAt = Noon, Base = "b", Green = "b" };

    private static MissionState Story()
    {
        MissionFact[] facts =
        [
            new PlanFailed(1, "prose"),
            new PlanMade(1, [Unit], 4),
            new WorkStarted("u1", 1, "b"),
            new WorkEnded("u1", 1, "c1", WorkFailure.None, "", ["Export.cs"]) { Handoff = "Export.cs needs a culture" },
            new Reviewed("u1", 1, ReviewVerdict.Accepted, ""),
            new BatchBuilt(1, "b", "t1", ["u1"], new Dictionary<string, string>()),
            new BatchVerified(1, 1, Verdict.Failed, "verify: exit code 1\nFAILED test_export is red", ["test_export"]),
            new BatchVerified(1, 2, Verdict.Failed, "verify: exit code 1\nFAILED test_export is red", ["test_export"]),
            new WorkStarted("u1", 2, "b"),
            new WorkEnded("u1", 2, "c2", WorkFailure.None, "", ["Export.cs"]),
            new Reviewed("u1", 2, ReviewVerdict.Retry, "4.0 of 10. No header."),
            new ObjectiveChecked(1, false, "imports are missing"),
            new Signalled("add", "and imports", "user"),
        ];
        return facts.Aggregate(Start(), (state, fact) => state.Apply(fact with { At = Noon }));
    }
}
