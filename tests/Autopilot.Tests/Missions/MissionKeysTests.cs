using Autopilot.Commands.Missions;
using Autopilot.Composition;
using Autopilot.Core.Configuration;
using Autopilot.Core.Merging;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Speculating;
using Autopilot.Core.Verification;
using Autopilot.Git.Repository;
using Autopilot.Platform.Processes;
using Autopilot.Rendering;
using Autopilot.Testing;
using Autopilot.Workflows.Missions;

namespace Autopilot.Tests.Missions;

/// <summary>Each key of <c>mission:</c> reaches the mission: what it is given there is what its own tests say changes it.</summary>
public sealed class MissionKeysTests : IDisposable
{
    // None of the values is the default.
    private static readonly Dictionary<string, (string Yaml, Func<MissionRequest, object?> Read, object Expected)> Keys = new(StringComparer.Ordinal)
    {
        ["workers"] = ("7", r => r.Settings.Workers, 7),
        ["max_time"] = ("7m", r => r.Settings.MaxTime, TimeSpan.FromMinutes(7)),
        ["max_budget"] = ("7", r => r.Settings.MaxBudgetUsd, 7m),
        ["green"] = ("mine", r => r.Green, "mine"),
        ["min_ambition"] = ("7", r => r.MinAmbition, 7),
        ["max_attempts"] = ("7", r => r.Settings.MaxAttempts, 7),
        ["review"] = ("false", r => r.AskReviewer, false),
        ["min_review_score"] = ("7.5", r => r.MinReviewScore, 7.5),
        ["check_objective"] = ("false", r => r.Settings.CheckObjective, false),
        ["worker_time"] = ("7m", r => r.WorkerTime, TimeSpan.FromMinutes(7)),
        ["worker_silence"] = ("7m", r => r.WorkerSilence, TimeSpan.FromMinutes(7)),
        ["retry_delay"] = ("7s", r => (r.Settings.RetryDelay, r.Settings.MaxRetryDelay), (TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(70))),
        ["batch_limit"] = ("7", r => r.Settings.BatchLimit, 7),
        ["speculative_batch"] = ("true", r => r.Settings.SpeculativeBatch, true),
        ["large_merge_lines"] = ("7", r => r.Settings.LargeMerge, new LargeMerge(7, 20)),
        ["large_merge_files"] = ("7", r => r.Settings.LargeMerge, new LargeMerge(500, 7)),
        ["speculate"] = ("3", r => r.Settings.Speculation, new Speculation(3, 0.7, Measure.Review)),
        ["speculate_from"] = ("0.2\n  speculate: 2", r => r.Settings.Speculation, new Speculation(2, 0.2, Measure.Review)),
        ["speculate_by"] = ("size\n  speculate: 2", r => r.Settings.Speculation, new Speculation(2, 0.7, Measure.Size)),
        ["chain"] = ("true", r => r.Chain?.MaxDepth, 3),
        ["chain_max_depth"] = ("7\n  chain: true", r => r.Chain?.MaxDepth, 7),
        ["cleanup_interval"] = ("7", r => r.CleanupInterval, 7),
        ["auto_push"] = ("true", r => r.Settings.Push, true),
        ["push_remote"] = ("elsewhere", r => r.PushTo.Name, "elsewhere/autopilot/green"),
        ["push_branch"] = ("main", r => r.PushTo.Name, "origin/main"),
        ["dishonest_work"] = ("ask", r => r.OnDishonestWork, ReviewVerdict.Ask),
        ["plan_depth"] = ("2", r => r.PlanDepth, 2),
        ["plan_width"] = ("7", r => r.PlanWidth, 7),
        ["architect_from"] = ("0.2", r => r.ArchitectFrom, 0.2),
        ["max_replan_attempts"] = ("7", r => r.Settings.MaxFruitlessEpochs, 7),
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Names => [.. Keys.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_mission_is_given_what_is_configured(string key)
    {
        await Repository();
        var (yaml, read, expected) = Keys[key];
        Assert.NotEqual(expected, read(await Request("")));
        Assert.Equal(expected, read(await Request($"mission:\n  {key}: {yaml}\n")));
    }

    /// <summary>The objective is an argument of the mission, and looked up by the command.</summary>
    [Fact]
    public void No_key_is_forgotten() =>
        Assert.Equal(MissionKeys.All.Select(k => k.Name).Order(StringComparer.Ordinal), Keys.Keys.Append("objective").Select(k => $"mission.{k}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_person_is_asked_before_a_push_where_the_gate_is_configured()
    {
        await Repository();
        Assert.False((await Request("")).Settings.AskBeforePush);
        Assert.True((await Request("approvals: { push: { timeout: 1h } }\n")).Settings.AskBeforePush);
    }

    private async Task<MissionRequest> Request(string configuration)
    {
        folder.Write("repo/autopilot.yaml", configuration);
        using var terminal = new Terminal(new StringWriter(), new StringWriter(), outputIsTerminal: false, errorIsTerminal: false, colours: false);
        var application = new Application(terminal, new ManualClock(), folder["repo"], Variables);
        await using var place = new Workplace(application, folder["repo"], application.Configuration(folder["repo"]));
        return await new MissionRun(application, place, json: false).Request("o", VerificationPlan.Of("true"), agent: null, approveAll: false, CancellationToken.None);
    }

    private async Task Repository()
    {
        using var supervisor = new ProcessSupervisor(TimeProvider.System);
        var git = new GitCommand(supervisor, Variables, GitIdentity.Autopilot);
        folder.Write("repo/a.txt", "a\n");
        foreach (var arguments in new string[][] { ["init", "--quiet"], ["add", "a.txt"], ["commit", "--quiet", "-m", "first"], ["remote", "add", "origin", folder["remote.git"]] })
            await git.Run(folder["repo"], CancellationToken.None, arguments);
    }

    private Dictionary<string, string> Variables => new(StringComparer.Ordinal)
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
        ["HOME"] = folder["home"],
        ["AUTOPILOT_HOME"] = folder["state"],
    };
}
