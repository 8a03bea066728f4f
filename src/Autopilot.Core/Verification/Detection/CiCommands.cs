using System.Text.RegularExpressions;
using Autopilot.Core.Configuration;

namespace Autopilot.Core.Verification.Detection;

/// <summary>How a project is tested where nobody but its continuous integration says so.</summary>
internal static partial class CiCommands
{
    /// <summary>Keys under which commands stand: GitHub, GitLab and Travis, CircleCI.</summary>
    private static readonly string[] Keys = ["run", "script", "command"];

    /// <summary>The first step that tests or checks something and needs nothing that only the service has.</summary>
    public static ProposedCommand? Step(RepositoryFacts facts)
    {
        foreach (var (path, text) in facts.Contents.Where(c => RepositoryFacts.IsContinuousIntegration(c.Key)).OrderBy(c => c.Key, StringComparer.Ordinal))
            if (Commands(Read(text, path)).FirstOrDefault(c => Tests().IsMatch(c) && !Foreign().IsMatch(c)) is { } command)
                return new ProposedCommand("ci", command, $"a step of {path}");
        return null;
    }

    private static ConfigurationNode? Read(string text, string path)
    {
        try
        {
            return ConfigurationText.ParseValue(text, path);
        }
        catch (ConfigurationException)
        {
            // What we cannot read (it may be meant for another program's YAML) names no test.
            return null;
        }
    }

    private static IEnumerable<string> Commands(ConfigurationNode? node) => node switch
    {
        MappingNode mapping => mapping.Entries.SelectMany(e => Keys.Contains(e.Key, StringComparer.Ordinal) ? Lines(e.Value) : Commands(e.Value)),
        SequenceNode sequence => sequence.Items.SelectMany(Commands),
        _ => [],
    };

    private static IEnumerable<string> Lines(ConfigurationNode value) => value switch
    {
        ScalarNode scalar => Continuation().Replace(scalar.Text, " ").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        SequenceNode sequence => sequence.Items.SelectMany(Lines),
        _ => Commands(value),
    };

    [GeneratedRegex(@"(^|[\s./_:-])(tests?|check|verify|specs?|pytest|jest|vitest|phpunit|ctest|tox)($|[\s./_:-])", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Tests();

    [GeneratedRegex(@"[ \t]*\\\n[ \t]*", RegexOptions.NonBacktracking)]
    private static partial Regex Continuation();

    [GeneratedRegex(@"\$\{\{|\$CI|\$GITHUB|\binstall\b|\bsudo\b|\bdocker\b|\bcurl\b|\bgit\b|^#|^-", RegexOptions.NonBacktracking)]
    private static partial Regex Foreign();
}
