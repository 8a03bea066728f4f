using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Engine.Runs;
using Autopilot.Git.Repository;
using Autopilot.Platform.Processes.Containment;
using Autopilot.Platform.Sandbox;
using Autopilot.Rendering;

namespace Autopilot.Commands.Doctor;

/// <summary><c>autopilot doctor</c></summary>
internal static class DoctorCommand
{
    public const string Summary = "Look whether everything that Autopilot needs is there, and say what to do.";

    public static Command Build(Application application)
    {
        var folder = CommonOptions.Folder();
        var json = CommonOptions.Json();
        var command = new Command("doctor", Summary) { folder, json };
        command.SetAction((parsed, cancellation) => Run(application, application.FolderOr(parsed.GetValue(folder)), parsed.GetValue(json), cancellation));
        return command.WithExamples("autopilot doctor");
    }

    private static async Task<int> Run(Application application, string folder, bool json, CancellationToken cancellation)
    {
        var (configuration, finding) = Configuration(application, folder);
        var findings = new List<Finding> { finding };
        await using (var place = new Workplace(application, folder, configuration))
        {
            findings.Add(await Git(application, place, cancellation));
            await foreach (var agent in Agents(place, cancellation)) findings.Add(agent);
            findings.Add(Containment(place));
            findings.Add(await Sandbox(place, cancellation));
            findings.Add(await Store(application, place));
        }

        findings.Add(MachineCheckup.Writable("state", application.Places.Home));
        findings.Add(MachineCheckup.Disk(folder));
        findings.Add(MachineCheckup.Memory());
        if (json) application.Terminal.Json([.. findings], DoctorJson.Default.FindingArray);
        else foreach (var one in findings) Print(application.Terminal, one);
        return findings.Any(f => f.State == "error") ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static (EffectiveConfiguration, Finding) Configuration(Application application, string folder)
    {
        try
        {
            var files = ConfigurationFiles.Paths(application.Places, Places.RepositoryOf(folder)).Where(File.Exists).ToArray();
            return (application.Configuration(folder), Finding.Ok("configuration", files.Length == 0 ? "no file; every value is its default" : string.Join(", ", files)));
        }
        catch (ConfigurationException error)
        {
            // The rest is looked at with the defaults, so that one mistake hides nothing else.
            return (EffectiveConfiguration.Join(ConfigurationCatalogue.Product, []), Finding.Error("configuration", error.Problems[0].ToString(), "Mend it; 'autopilot config validate' lists everything that is wrong."));
        }
    }

    private static async Task<Finding> Git(Application application, Workplace place, CancellationToken cancellation)
    {
        try
        {
            var git = new GitCommand(place.Processes, application.Environment, GitIdentity.Autopilot);
            var version = (await git.Try(place.Folder, ["--version"], cancellation)).Text;
            if (!GitVersion.IsEnough(version)) return Finding.Error("git", $"{version}; work in workspaces needs {GitVersion.Least} or later", $"Install git {GitVersion.Least} or later.");
            return place.IsRepository
                ? Finding.Ok("git", $"{version}, repository {place.Root}")
                : Finding.Warning("git", $"{version}, but {place.Folder} is in no repository", "Run 'git init' for --isolated work; everything else works without.");
        }
        catch (UserErrorException error)
        {
            return Finding.Error("git", error.Message, "Install git.");
        }
    }

    private static async IAsyncEnumerable<Finding> Agents(Workplace place, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var name in place.Agents.Names)
        {
            var agent = await place.Agents.Probe(name, cancellation);
            yield return agent.Advice is { } advice
                ? Finding.Warning($"agent {name}", "not found", advice)
                : Finding.Ok($"agent {name}", string.Join(", ", new[] { agent.Version, agent.Executable }.OfType<string>()));
        }
    }

    private static Finding Containment(Workplace place) => place.Containment switch
    {
        ContainmentKind.Namespace => Finding.Ok("containment", "each agent runs in a process namespace of its own: nothing of it can survive"),
        ContainmentKind.Subreaper => Finding.Ok("containment", "Autopilot adopts what agents leave behind, and ends it (process namespaces need root)"),
        var kind => Finding.Ok("containment", $"agents are held together by {kind}"),
    };

    private static async Task<Finding> Sandbox(Workplace place, CancellationToken cancellation)
    {
        var mode = place.Confinement.Rules.Mode;
        var support = await place.Confinement.Support(cancellation);
        if (!support.IsAvailable)
            return mode == SandboxMode.Required
                ? Finding.Error("sandbox", support.Detail, "Mend that, or set 'sandbox: preferred' to work without one.")
                : Finding.Warning("sandbox", support.Detail, "Agents can read and write whatever you can. Mend that, and set 'sandbox: required' to be sure of it.");
        return mode == SandboxMode.Off
            ? Finding.Warning("sandbox", $"works ({support.Detail}), and is switched off", "Set 'sandbox: preferred' to use it.")
            : Finding.Ok("sandbox", $"works ({support.Detail}): agents and verification write only their workspace and caches, and see no secrets");
    }

    private static async Task<Finding> Store(Application application, Workplace place)
    {
        var file = Path.Combine(place.Root, ".autopilot", "autopilot.db");
        if (!File.Exists(file)) return MachineCheckup.Writable("store", place.Root) with { Detail = "none yet; the first run makes it" };
        try
        {
            await using var state = RepositoryState.Open(place.Root, application.Clock);
            return Finding.Ok("store", $"{file}, {(await new RunEngine(state.Store, application.Clock).List()).Count} runs");
        }
        catch (UserErrorException error)
        {
            return Finding.Error("store", error.Message, "See docs/runs.md.");
        }
    }

    private static void Print(Terminal terminal, Finding finding)
    {
        var colour = finding.State switch { "ok" => Colour.Green, "warning" => Colour.Yellow, _ => Colour.Red };
        terminal.Result($"{terminal.Paint(colour, $"{finding.State,-8}")} {finding.Subject,-14} {Readable.Line(finding.Detail, 300)}");
        if (finding.Remedy is not null) terminal.Result($"{"",-24}{Readable.Line(finding.Remedy, 300)}");
    }
}
