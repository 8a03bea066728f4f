namespace Autopilot.Core.Merging;

/// <summary>From where on a merge needs a person.</summary>
/// <param name="Lines">From this many changed lines; 0 never.</param>
/// <param name="Files">From this many changed files; 0 never.</param>
/// <remarks>The defaults are those of Mission Control's large_merge_gate.</remarks>
public sealed record LargeMerge(int Lines = 500, int Files = 20)
{
    public bool Includes(ChangeSize size) => Reaches(size.Lines, Lines) || Reaches(size.Files, Files);

    private static bool Reaches(int value, int threshold) => threshold > 0 && value >= threshold;
}
