using Autopilot.Core.Loops.Phases;

namespace Autopilot.Core.Tests.Loops;

public class PhasePlanTextTests
{
    [Fact]
    public void A_plan_is_read_in_the_order_of_its_dependencies_and_written_so_that_it_can_be_read_again()
    {
        var (plan, errors) = PhasePlanText.Parse(Plan(Phase("b", "dependencies: [a, the network]"), Phase("a", "risks: ['a: b']\n    acceptance_criteria:\n      - {id: AC-1, text: it works}")));
        Assert.Empty(errors);
        Assert.Equal(["a", "b"], plan!.Phases.Select(p => p.Id));
        var (again, none) = PhasePlanText.Parse(PhasePlanText.Write(plan, "task \"x\""));
        Assert.Empty(none);
        Assert.Equal(PhasePlanText.Write(plan, "t"), PhasePlanText.Write(again!, "t"));
        Assert.Equal(["a"], plan.Missing(plan.Phases[1], []));
        Assert.Empty(plan.Missing(plan.Phases[1], ["a"]));
    }

    [Fact]
    public void A_phase_may_name_a_verification()
    {
        var (plan, errors) = PhasePlanText.Parse(Plan(Phase("a", "verification: \"grep -q x: a.txt\""), Phase("b", "verification:")));
        Assert.Empty(errors);
        Assert.Equal("grep -q x: a.txt", PhasePlanText.Parse(PhasePlanText.Write(plan!, "t")).Plan!.Phases[0].Verification);
        Assert.Null(plan!.Phases[1].Verification);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData(" : ", true)]
    [InlineData("/bin/true && echo ok", true)]
    [InlineData("exit 0", true)]
    [InlineData("./test || true", true)]
    [InlineData("./test; exit 0", true)]
    [InlineData("echo done", true)]
    [InlineData("./test", false)]
    [InlineData("true && ./test", false)]
    [InlineData("./test || exit 1", false)]
    [InlineData("test -f a.txt && grep -q true a.txt", false)]
    public void A_command_that_always_passes_proves_nothing(string command, bool nothing) => Assert.Equal(nothing, PhaseCommand.ProvesNothing(command));

    [Fact]
    public void A_value_that_begins_with_a_backtick_is_mended()
    {
        var (plan, errors) = PhasePlanText.Parse("phases:\n  - phase_id: a\n    title: `code` first\n    objective: o\n    in_scope:\n      - `x` and y\n    deliverables: [d]\n");
        Assert.Empty(errors);
        Assert.Equal("`code` first", plan!.Phases[0].Title);
        Assert.Equal("`x` and y", plan.Phases[0].InScope[0]);
    }

    [Theory]
    [InlineData("", "phases must be a list")]
    [InlineData("- a", "must be a mapping")]
    [InlineData("version: 2\nphases: [x]", "version must be 1")]
    [InlineData("phases: [x]", "phases[1] must be a mapping")]
    [InlineData("phases: []", "at least one phase")]
    [InlineData("phases:\n  - {phase_id: a, title: t, objective: ' ', in_scope: [x], deliverables: [y]}", "phases[1].objective")]
    [InlineData("phases:\n  - {phase_id: a, title: t, objective: o, in_scope: [], deliverables: [y]}", "phases[1].in_scope must be a list with at least one entry")]
    [InlineData("phases:\n  - {phase_id: a, title: t, objective: o, in_scope: [x, ''], deliverables: [y]}", "phases[1].in_scope[2]")]
    [InlineData("phases:\n  - {phase_id: a, title: t, objective: o, in_scope: [x], deliverables: [y], status: done}", "phases[1].status")]
    [InlineData("phases:\n  - {phase_id: a, title: t, objective: o, in_scope: [x], deliverables: [y], dependencies: [zz]}", "names no phase of the plan: 'zz'")]
    [InlineData("phases:\n  - {phase_id: a, title: t, objective: o, in_scope: [x], deliverables: [y], verification: ' '}", "phases[1].verification must be a text")]
    [InlineData("phases:\n  - {phase_id: a, title: t, objective: o, in_scope: [x], deliverables: [y], verification: 'true'}", "proves nothing")]
    [InlineData("phases: {a: 1", "YAML")]
    public void What_is_wrong_is_said_by_its_place(string text, string expected)
    {
        var (plan, errors) = PhasePlanText.Parse(text);
        Assert.Null(plan);
        Assert.Contains(errors, e => e.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Circles_and_equal_or_long_ids_are_refused()
    {
        Assert.Contains("in a circle: a, b", string.Join('\n', PhasePlanText.Parse(Plan(Phase("a", "dependencies: [b]"), Phase("b", "dependencies: [a]"), Phase("c"))).Errors), StringComparison.Ordinal);
        Assert.Contains("phases[2].phase_id 'a' stands there twice.", PhasePlanText.Parse(Plan(Phase("a"), Phase("a"))).Errors);
        Assert.Contains("longer than 96 bytes", PhasePlanText.Parse(Plan(Phase(new string('ä', 49)))).Errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("setup-1.a_b", "setup-1.a_b")]
    [InlineData("Setup", "_pid-5365747570")]
    [InlineData("../x", "_pid-2e2e2f78")]
    public void Folders_have_plain_names(string id, string key) => Assert.Equal(key, PhaseKey.Of(id));

    [Fact]
    public void Phases_are_selected()
    {
        var plan = PhasePlanText.Parse(Plan(Phase("a"), Phase("b"), Phase("c"))).Plan!;
        Assert.Equal(3, plan.Select(null, "single").Count);
        Assert.Equal(["b"], plan.Select("b", "single").Select(p => p.Id));
        Assert.Equal(["a", "b"], plan.Select("b", "up-to").Select(p => p.Id));
        Assert.Throws<UserErrorException>(() => plan.Select("x", "single"));
        Assert.Throws<UserErrorException>(() => plan.Select(null, "up-to"));
        var changed = PhasePlanText.Parse(Plan(Phase("d"), Phase("a", "risks: [other]"))).Plan!;
        Assert.Equal(["a", "d"], changed.Keep(plan, ["a"]).Phases.Select(p => p.Id));
        Assert.Empty(changed.Keep(plan, ["a"]).Phases[0].Risks);
    }

    private static string Plan(params string[] phases) => "version: 1\nphases:\n" + string.Concat(phases);

    private static string Phase(string id, string more = "status: planned") =>
        $"  - phase_id: {id}\n    title: T\n    objective: O\n    in_scope: [x]\n    deliverables: [y]\n    {more}\n";
}
