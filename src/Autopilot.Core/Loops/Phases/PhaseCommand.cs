using System.Text.RegularExpressions;

namespace Autopilot.Core.Loops.Phases;

/// <summary>Looks at the verification command of a phase, which an agent wrote.</summary>
public static partial class PhaseCommand
{
    /// <summary>Whether a command passes whatever the work is, as far as its words show: the rest is for the plan's verifier to judge.</summary>
    public static bool ProvesNothing(string command)
    {
        var parts = Separator().Split(command);
        return parts.All(p => AlwaysPasses().IsMatch(p)) || (parts.Length > 1 && EndsInSuccess().IsMatch(command));
    }

    [GeneratedRegex(@"&&|\|\||[;|&\n]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\s*((/usr)?(/bin/)?true|:|exit\s+0|exit|(echo|printf|cd|pwd|ls|sleep)(\s.*)?)?\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AlwaysPasses();

    [GeneratedRegex(@"(\|\||[;\n])\s*((/usr)?(/bin/)?true|:|exit\s+0|echo\b.*)\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EndsInSuccess();
}
