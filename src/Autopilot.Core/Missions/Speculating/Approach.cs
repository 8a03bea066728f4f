namespace Autopilot.Core.Missions.Speculating;

/// <summary>The approach that a rival is asked to take, so that the attempts differ.</summary>
public static class Approach
{
    private static readonly (string Name, string Hint)[] All =
    [
        ("conventional", "Solve it the way this code base solves such things already, with its own patterns and names."),
        ("alternative", "Solve it in another way than the first that comes to mind: another structure, algorithm or place in the code, if it is simpler there."),
        ("defensive", "Solve it with the cases that can go wrong first: bad input, limits, failures, concurrency; with a test for each."),
        ("minimal", "Solve it with the smallest change that does the whole task."),
        ("exploratory", "Look at how the parts around it really behave before you decide, by small experiments, then solve it from what you saw."),
    ];

    public static int Count => All.Length;

    /// <param name="rival">From 1.</param>
    public static string NameOf(int rival) => All[(rival - 1) % All.Length].Name;

    /// <inheritdoc cref="NameOf"/>
    public static string HintOf(int rival) => All[(rival - 1) % All.Length].Hint;
}
