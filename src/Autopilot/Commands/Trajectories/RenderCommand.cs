using System.CommandLine;
using System.Text;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Projections;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Engine.Recording;

namespace Autopilot.Commands.Trajectories;

/// <summary><c>autopilot trajectory render</c>: a recording in another form.</summary>
internal static class RenderCommand
{
    public static Command Build(Application application)
    {
        var file = new Argument<string>("FILE") { Description = "The recording, in any form that is read." };
        var to = new Option<string>("--to") { Description = "rlog (lines for people and tools), json (one object), atif (ATIF v1.7, for training and viewers), text (everything, to read).", Required = true };
        to.AcceptOnlyFromAmong("rlog", "json", "atif", "text");
        var output = new Option<string?>("--output", "-o") { Description = "Write this file, which must not exist, instead of stdout.", HelpName = "FILE" };
        var command = new Command("render", "Write a recording in another form. Secrets are masked.") { file, to, output };
        command.SetAction((parsed, _) =>
        {
            Run(application, Path.GetFullPath(parsed.GetValue(file)!, application.Folder), parsed.GetValue(to)!, parsed.GetValue(output));
            return Task.FromResult(ExitCodes.Done);
        });
        return command.WithExamples("autopilot trajectory render trajectory.jsonl --to rlog | less", "autopilot trajectory render trajectory.jsonl --to atif -o trajectory.atif.json");
    }

    private static void Run(Application application, string path, string form, string? target)
    {
        var redactor = SecretRedactor.FromEnvironment(application.Environment, Credentials.Values(application.Environment, application.Configuration(application.Folder)));
        var report = new ReadReport(path);
        IEnumerable<TrajectoryEntry> Entries()
        {
            report = new ReadReport(path);
            return TrajectoryFile.Read(path, report).Select(new SessionRedaction(redactor).Next);
        }

        using (var output = target is null ? null : OutputFile.Create(Path.GetFullPath(target, application.Folder)))
            Write(Entries, form, output ?? Console.OpenStandardOutput());
        foreach (var problem in report.Problems) application.Terminal.Warn(problem);
    }

    private static void Write(Func<IEnumerable<TrajectoryEntry>> entries, string form, Stream output)
    {
        switch (form)
        {
            case "json": Projection.Json(entries, output); break;
            case "atif": Projection.Atif(entries, output); break;
            default:
                using (var text = new StreamWriter(output, new UTF8Encoding(false), 64 * 1024, leaveOpen: true))
                {
                    if (form == "rlog") Projection.Rlog(entries, text);
                    else Projection.Text(entries, text);
                }
                break;
        }
    }
}
