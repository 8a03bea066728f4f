using System.Text.RegularExpressions;
using Autopilot.Core.Planning;

namespace Autopilot.Core.Missions.Learning;

/// <summary>Picks what a worker should know of all that was learned.</summary>
public static partial class Relevance
{
    /// <summary>The lessons that share most words with a unit's title, description and files, the most fitting first; those that share none are left out.</summary>
    public static IReadOnlyList<string> Pick(IEnumerable<string> lessons, PlannedUnit unit, int most) =>
        Pick(lessons, string.Join(' ', [unit.Title, unit.Description, .. unit.Files, .. unit.Files.Select(f => f[(f.LastIndexOf('/') + 1)..])]), most);

    /// <summary>The lessons that share most words with a text.</summary>
    /// <inheritdoc cref="Pick(IEnumerable{string}, PlannedUnit, int)"/>
    public static IReadOnlyList<string> Pick(IEnumerable<string> lessons, string about, int most)
    {
        var words = WordsOf(about);
        return
        [
            .. lessons.Select((lesson, i) => (Lesson: lesson, Place: i, Shared: WordsOf(lesson).Count(words.Contains)))
                .Where(l => l.Shared > 0).OrderByDescending(l => l.Shared).ThenByDescending(l => l.Place).Take(most).Select(l => l.Lesson),
        ];
    }

    private static HashSet<string> WordsOf(string text) =>
        [.. Word().Matches(text).Select(m => m.Value.TrimEnd('.', '-').ToLowerInvariant()).Where(w => w.Length > 2 && !Common.Contains(w))];

    // Words that say nothing about what a text is about.
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "and", "the", "for", "with", "that", "this", "from", "not", "was", "are", "its", "has", "have", "all", "one", "add", "make", "test", "tests", "file", "files",
        "unit", "did", "land", "reported", "completed", "done", "failed", "because", "which", "into", "when", "must", "should", "will", "can",
    };

#pragma warning disable MA0009 // One class of characters repeats in it, and nothing comes after: it never goes back.
    [GeneratedRegex(@"[A-Za-z_][\w./-]{2,}")]
    private static partial Regex Word();
#pragma warning restore MA0009
}
