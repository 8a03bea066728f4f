namespace Autopilot.Platform.Processes;

/// <summary>What to run. The environment is exactly what is given here, and the variable that marks one start: nothing is inherited.</summary>
public sealed record ProcessSpec
{
    /// <summary>A path, or a name that is sought in the PATH of <see cref="Environment"/>.</summary>
    public required string Executable { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required string WorkingDirectory { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public ProcessInput Input { get; init; } = ProcessInput.Closed;

    /// <summary>From start to TERM; null for no limit.</summary>
    public TimeSpan? WallClockLimit { get; init; }

    /// <summary>The longest time without a byte on stdout or stderr; null for no limit.</summary>
    public TimeSpan? SilenceLimit { get; init; }

    /// <summary>Between TERM and KILL.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long pipes may stay open after the process has exited before they are given up.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A longer line is handed over cut to this many bytes, with its true length.</summary>
    public int MaxLineBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Called for each line of stdout, in order; the next line is read when it completes, so a slow reader slows the process.</summary>
    public Func<OutputLine, ValueTask>? OnOutput { get; init; }

    /// <summary>Called for each line of stderr, in order.</summary>
    public Func<OutputLine, ValueTask>? OnError { get; init; }

    /// <summary>The most processes in its tree at once, as sampled; more end it. Null for no limit.</summary>
    public int? MaxProcesses { get; init; }

    /// <summary>
    /// True for a tool that is known to leave nothing behind and never to leave its process group, such as git: it is held by that
    /// group and shares the namespace in which it dies with this process, which costs a quarter of what one of its own does.
    /// </summary>
    public bool StaysInGroup { get; init; }

    /// <summary>True for one of those that starts others: where there is no namespace to share, it is held together as any program is.</summary>
    public bool StartsOthers { get; init; }

    /// <summary>True for this very program, run by a command that shows it at work: it acts for whoever gave that command, not as an agent of ours.</summary>
    public bool ActsForCaller { get; init; }

    /// <summary>How many processes of a sandbox stand in front of the program itself; they are not asked to end with TERM.</summary>
    public int Wrappers { get; init; }

    /// <summary>
    /// Reads from a line of stderr how many processes ended with their sandbox, where nobody outside can count them; the rest of that
    /// line is the program's own. Null for a line that does not tell, and where there is no sandbox.
    /// </summary>
    public Func<OutputLine, (int Count, OutputLine Other)?>? ToldSurvivors { get; init; }
}
