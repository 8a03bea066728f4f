using System.CommandLine;
using System.Globalization;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Projections;
using Autopilot.Core.Trajectories.Reading;
using Autopilot.Engine.Recording;
using Autopilot.Rendering;

namespace Autopilot.Commands.Trajectories;

/// <summary><c>autopilot replay</c>: goes through a recorded session.</summary>
internal static class ReplayCommand
{
    private const double Slowest = 0.001;
    private const double Fastest = 1_000_000_000;

    public const string Summary = "Go through a recorded session step by step.";

    public static Command Build(Application application)
    {
        var file = new Argument<string>("FILE") { Description = "The recording." };
        var list = new Option<bool>("--list") { Description = "One line a step; what happens anyway where no terminal is." };
        var summary = new Option<bool>("--summary") { Description = "Only what the session adds up to." };
        var speed = new Option<string?>("--speed") { Description = "Play the steps at their recorded pace, this many times as fast.", HelpName = "FACTOR" };
        var command = new Command("replay", Summary + " Keys: n or Enter next, p previous, g go to, f filter, q quit.") { file, list, summary, speed };
        command.SetAction((parsed, cancellation) =>
            Run(application, parsed.GetValue(file)!, parsed.GetValue(list), parsed.GetValue(summary), parsed.GetValue(speed) is { } text ? Factor(text) : null, cancellation));
        return command.WithExamples("autopilot replay trajectory.jsonl", "autopilot replay trajectory.jsonl --list", "autopilot replay trajectory.jsonl --speed 20");
    }

    /// <exception cref="UserErrorException">It is none.</exception>
    private static double Factor(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is >= Slowest and <= Fastest
            ? factor
            : throw new UserErrorException($"--speed must be a number from {Slowest} to {Fastest}, such as 10; it is '{text}'.");

    private static async Task<int> Run(Application application, string file, bool list, bool summary, double? speed, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(file, application.Folder);
        var report = new ReadReport(path);
        if (!summary && !TrajectoryFile.Read(path, new ReadReport(path)).Any()) throw new UserErrorException($"{path} is cut before its first entry: there is nothing to replay.");
        if (summary) application.Terminal.Result(ReportText.Session(TrajectoryAnalysis.OfFile(path)));
        else if (speed is { } factor) await Play(application, path, report, factor, cancellation);
        else if (list || !application.Terminal.OutputIsTerminal || Console.IsInputRedirected) List(application, path, report);
        else await InteractiveReplay.Run(application.Terminal, [.. Steps(path, report)], cancellation);
        foreach (var problem in report.Problems) application.Terminal.Warn(problem);
        return ExitCodes.Done;
    }

    private static void List(Application application, string path, ReadReport report)
    {
        foreach (var step in Steps(path, report)) application.Terminal.Result(Line(step));
    }

    private static async Task Play(Application application, string path, ReadReport report, double factor, CancellationToken cancellation)
    {
        DateTimeOffset? before = null;
        foreach (var step in Steps(path, report))
        {
            var gap = (step.At - (before ?? step.At)) / factor;
            if (gap > TimeSpan.Zero) await Task.Delay(gap, application.Clock, cancellation);
            application.Terminal.Result(Line(step));
            application.Terminal.Output.Flush();
            before = step.At;
        }
    }

    internal static string Line(TrajectoryStep step) => $"{step.Id,5}  {step.At.UtcDateTime:HH:mm:ss}  {Readable.Plain(RlogFormat.Line(step))}";

    private static IEnumerable<TrajectoryStep> Steps(string path, ReadReport report) => Projection.Steps(() => TrajectoryFile.Read(path, report));
}
