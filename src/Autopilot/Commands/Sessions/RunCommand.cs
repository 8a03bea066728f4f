using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Workflows.Tasks;

namespace Autopilot.Commands.Sessions;

/// <summary><c>autopilot run</c></summary>
internal sealed class RunCommand
{
    public const string Summary = "Give one task to an agent, recorded and within a budget.";

    private readonly SessionOptions session = new();
    private readonly Argument<string> prompt = new("PROMPT") { Description = "What is to be done; - reads it from stdin." };
    private readonly Option<string?> folder = CommonOptions.Folder();
    private readonly Option<string?> output = new("--output-dir", "-o") { Description = "Write the recording here, named by start time and slug, instead of into .autopilot/runs.", HelpName = "FOLDER" };
    private readonly Option<string?> slug = new("--slug", "-s") { Description = "Names the recording and the branch; by default the first words of the prompt.", HelpName = "WORDS" };
    private readonly Option<bool> isolated = new("--isolated") { Description = "Work in a workspace of its own and leave a branch; the current checkout stays as it is." };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Say what would be done; start and write nothing." };
    private readonly Option<bool> json = CommonOptions.Json();
    private readonly Option<bool> verbose = new("--verbose", "-v") { Description = "Show every message in full." };

    public static Command Build(Application application)
    {
        var it = new RunCommand();
        var command = new Command("run", Summary)
        {
            it.prompt, it.session.Agent, it.session.Command, it.session.Model, it.session.Budget, it.session.MaxTurns, it.session.Timeout,
            it.folder, it.output, it.slug, it.isolated, it.dryRun, it.json, it.verbose, CommonOptions.Unattended,
        };
        command.SetAction((parsed, cancellation) => it.Run(application, parsed, cancellation));
        return command.WithExamples(
            "autopilot run \"Fix the failing test in tests/cart\"",
            "autopilot run --agent codex --max-budget 2 --isolated \"Add a changelog\"",
            "git diff | autopilot run --agent command --command ./agent.sh -");
    }

    private async Task<int> Run(Application application, ParseResult parsed, CancellationToken cancellation)
    {
        var at = application.FolderOr(parsed.GetValue(folder));
        var configuration = application.Configuration(at, session.Layer(parsed));
        var given = session.Given(parsed).ToList();
        var text = await PromptText.Read(parsed, parsed.GetRequiredValue(prompt), Console.OpenStandardInput, cancellation);
        await using var place = new Workplace(application, at, configuration, given);
        var request = Request(parsed, place, text, given.Count > 0);
        if (parsed.GetValue(dryRun)) return DryRun.Print(application.Terminal, place, request, parsed.GetValue(json));
        if (request.OutputFolder is { } outputFolder) OutputFolder.Prepare(outputFolder);
        var run = new SessionRun(application, place, new SessionShow(parsed.GetValue(json), parsed.GetValue(verbose)));
        return await run.Start(request, new TaskDirections { OriginalPrompt = text }, cancellation);
    }

    private TaskRequest Request(ParseResult parsed, Workplace place, string text, bool hasCommand)
    {
        var role = place.Configuration.RoleOf("worker");
        var agent = parsed.GetValue(session.Agent) ?? (hasCommand ? "command" : role.Agent);
        var settings = AgentOf(place, agent);
        if (parsed.GetValue(isolated) && !place.IsRepository) throw new UserErrorException($"--isolated needs a git repository, and {place.Folder} is in none. Run 'git init' there, or leave the flag out.");
        return new TaskRequest
        {
            Prompt = place.Redactor.Redact(text),
            Agent = agent,
            Model = parsed.GetValue(session.Model) ?? (agent == role.Agent ? role.Model : null) ?? settings.Model,
            // Who is named by hand is meant, and no other.
            Otherwise = parsed.GetValue(session.Agent) is null && !hasCommand ? [.. role.All.Skip(1).Select(other => new TaskAgent(other.Agent, other.Model ?? AgentOf(place, other.Agent).Model))] : [],
            Folder = place.Folder,
            Isolated = parsed.GetValue(isolated),
            Slug = Slug.Of(place.Redactor.Redact(parsed.GetValue(slug) ?? text)),
            OutputFolder = parsed.GetValue(output) is { } folderName ? Path.GetFullPath(folderName, place.Folder) : null,
            BudgetUsd = place.Configuration.Get(BudgetKeys.Session),
            MaxTurns = place.Configuration.Get(SessionKeys.MaxTurns),
            Timeout = place.Configuration.Get(SessionKeys.Timeout),
            Silence = place.Configuration.Get(SessionKeys.Silence),
        };
    }

    private static Core.Agents.AgentSettings AgentOf(Workplace place, string agent)
    {
        if (agent == "command" && !place.Agents.Names.Contains(agent, StringComparer.Ordinal))
            throw new UserErrorException("The agent 'command' needs an executable: give --command ./agent.sh, or an entry under agents: in autopilot.yaml.");
        return place.Agents.Settings(agent);
    }
}
