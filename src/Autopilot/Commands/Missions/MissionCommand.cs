using System.CommandLine;
using Autopilot.Commands.Governor;
using Autopilot.Commands.Sessions;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Workflows.Missions.Rehearsing;

namespace Autopilot.Commands.Missions;

/// <summary><c>autopilot mission</c></summary>
internal sealed class MissionCommand
{
    public const string Summary = "Turn an objective into verified commits on the green branch.";

    private readonly MissionOptions options = new();
    private readonly Argument<string?> objective = new("OBJECTIVE") { Description = "What is to be reached; - reads it from stdin. Without it, mission.objective holds.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Plan only: ask the planner and show its units as a tree, with layers and estimates; nothing is worked on." };
    private readonly Option<string?> folder = CommonOptions.Folder();
    private readonly Option<bool> json = CommonOptions.Json();

    public static Command Build(Application application)
    {
        var it = new MissionCommand();
        var command = new Command("mission", Summary) { it.objective, it.dryRun, it.folder, it.json, CommonOptions.Unattended };
        foreach (var option in it.options.All) command.Add(option);
        command.SetAction((parsed, cancellation) => it.Run(application, parsed, cancellation));
        foreach (var sub in MissionDesk.Commands(application)) command.Add(sub);
        return command.WithExamples(
            "autopilot mission --verify ./test \"Add an export to CSV, with tests\"",
            "autopilot mission --workers 8 --max-budget 20 --max-time 8h - < objective.md",
            "autopilot mission show",
            "autopilot mission stop");
    }

    private async Task<int> Run(Application application, ParseResult parsed, CancellationToken cancellation)
    {
        var approveAll = parsed.GetValue(options.ApproveAll);
        if (approveAll && new GovernorDesk(application) is { Caller.Actor: Actor.Agent } desk)
            return desk.RecordRefused(RefusalCodes.ApprovalIsUserOnly, "approve", "mission --approve-all");
        var rehearsal = Task.Run(() => Rehearsal.Run(application.Clock, CancellationToken.None), CancellationToken.None);
        var at = application.FolderOr(parsed.GetValue(folder));
        var configuration = application.Configuration(at, options.Layer(parsed));
        await using var place = new Workplace(application, at, configuration);
        var text = await Objective(parsed, configuration, cancellation);
        var verification = MissionPlace.Verification(configuration, parsed.GetValue(options.Verify));
        var run = new MissionRun(application, place, parsed.GetValue(json));
        var request = await run.Request(text, verification, parsed.GetValue(options.Agent), approveAll, cancellation);
        var code = parsed.GetValue(dryRun) ? await run.PlanOnly(request, cancellation) : await run.Start(request, cancellation);
        await rehearsal;
        return code;
    }

    /// <summary>The subcommand that a single word probably was to be: nobody wants a typing error planned and paid for.</summary>
    private static string? SlipOf(string objective, Command command) =>
        objective.Length < 2 || objective.Any(char.IsWhiteSpace) ? null : Spelling.Nearest(objective, command.Subcommands.SelectMany(c => c.Aliases.Append(c.Name)));

    private async Task<string> Objective(ParseResult parsed, EffectiveConfiguration configuration, CancellationToken cancellation)
    {
        var given = parsed.GetValue(objective) ?? configuration.Get(MissionKeys.Objective)
            ?? throw new UserErrorException("Say what is to be reached: autopilot mission \"OBJECTIVE\", or set mission.objective in autopilot.yaml.");
        if (SlipOf(given, parsed.CommandResult.Command) is { } meant)
            throw new UserErrorException($"'{given}' looks like a slip of 'autopilot mission {meant}', not like an objective. If it is one, say it in more words, or pipe it in: echo {given} | autopilot mission -");
        return await PromptText.Read(parsed, given, Console.OpenStandardInput, cancellation);
    }
}
