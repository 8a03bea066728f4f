using System.Globalization;
using System.Text;
using Autopilot.Platform.Processes;

namespace Autopilot.Platform.Sandbox;

/// <summary>The first process in a sandbox: it runs the program, reaps orphans, and tells at the end how many processes the program left behind.</summary>
/// <remarks>
/// They are counted inside, because all of them end with this process: outside nothing would be seen of one that was started at the
/// very end. What runs inside can neither signal this process nor keep its last line back.
/// </remarks>
internal sealed class SandboxInit
{
    private const string Shell = "/bin/sh";

    // Standard error is put aside: a shell has a word of its own on a program that a signal ended. The state follows the last ")" of stat,
    // since a process may call itself anything. The shell itself and what has ended do not count.
    private const string RunAndCount = """
        exec 3>&2 2>/dev/null
        told=$1; shift; (exec "$@" 2>&3 3>&-); code=$?; left=-1
        for each in /proc/[0-9]*; do read -r stat <$each/stat || continue; case ${stat##*) } in [ZXx]*) ;; *) left=$((left + 1)) ;; esac; done
        [ $left -gt 0 ] && echo "$told $left" >&3
        exit $code
        """;

    // Begins the line that tells: the program's own output will not hold it by chance.
    private readonly string word = $"autopilot-left-{Guid.NewGuid():N}";
    private readonly byte[] beginning;

    public SandboxInit() => beginning = Encoding.ASCII.GetBytes(word + " ");

    /// <summary>The command line that runs a program under it.</summary>
    /// <param name="command">The program and its arguments.</param>
    public IEnumerable<string> Arguments(IEnumerable<string> command) => [Shell, "-c", RunAndCount, "autopilot", word, .. command];

    /// <summary>Reads the line that tells.</summary>
    /// <param name="line">Any line of stderr.</param>
    /// <returns>How many were left behind, and what else the line holds: the program may not have ended its last one. Null for any other line.</returns>
    public (int Count, OutputLine Other)? Read(OutputLine line)
    {
        var bytes = line.Bytes.Span;
        var at = bytes.LastIndexOf(beginning);
        if (at < 0 || !int.TryParse(bytes[(at + beginning.Length)..], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;
        return (count, new OutputLine(line.Bytes[..at], at));
    }
}
