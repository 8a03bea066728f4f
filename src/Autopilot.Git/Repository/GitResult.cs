namespace Autopilot.Git.Repository;

/// <summary>What one git command said.</summary>
/// <param name="ExitCode">Its exit code; 128 + n where signal n ended it.</param>
/// <param name="Output">stdout, as text, with its line ends.</param>
/// <param name="Error">stderr, the last lines.</param>
public sealed record GitResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>stdout without the last line end.</summary>
    public string Text => Output.TrimEnd('\n');

    public IReadOnlyList<string> Lines => Output.Length == 0 ? [] : Text.Split('\n');

    /// <summary>The fields of NUL-separated output, without the line end that closes every output here.</summary>
    public IReadOnlyList<string> Fields => Text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
