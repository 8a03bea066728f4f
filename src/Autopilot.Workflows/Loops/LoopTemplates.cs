using System.Reflection;
using Autopilot.Core.Loops.Pairs;
using Autopilot.Platform.Files;
using Autopilot.Workflows.Prompts;

namespace Autopilot.Workflows.Loops;

/// <summary>The pairs and their prompts: files below <c>loops/</c>, each of which a user's own takes the place of.</summary>
/// <param name="overrides">Folders to look in, the first found wins; they need not exist.</param>
public sealed class LoopTemplates(params IReadOnlyList<string> overrides)
{
    private const string PairsFile = "pairs.yaml";

    private readonly PromptTemplates prompts = new(overrides);

    /// <summary>The user's own files that hold, each with a mark of its content.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Marks() =>
    [
        .. overrides.Select(f => Path.Combine(f, "loops")).Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Where(f => Path.GetFileName(f) == PairsFile || Path.GetExtension(f) == ".md").DistinctBy(Path.GetFileName)
            .Select(f => KeyValuePair.Create($"loops/{Path.GetFileName(f)}{(Path.GetFileName(f) == PairsFile ? " (a run keeps the pairs that it began with)" : "")}", ContentHash.Of(f)?[..8] ?? "closed")),
    ];

    /// <summary>The pairs in canonical order.</summary>
    public IReadOnlyList<PairDefinition> Pairs()
    {
        if (overrides.Select(f => Path.Combine(f, "loops", PairsFile)).FirstOrDefault(File.Exists) is { } own) return PairList.Parse(File.ReadAllText(own), own);
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Prompts/loops/pairs.yaml")!;
        using var reader = new StreamReader(stream);
        return PairList.Parse(reader.ReadToEnd(), "pairs.yaml");
    }

    /// <summary>The words for one side of a pair: its own file, else what holds for every pair.</summary>
    /// <param name="side">producer or verifier.</param>
    public string Prompt(PairDefinition pair, string side, Dictionary<string, string> values)
    {
        var own = $"loops/{pair.Name}.{side}";
        values["instructions"] = prompts.Has(own) ? prompts.Fill(own, values) : "";
        return prompts.Fill($"loops/{side}", values);
    }
}
