namespace Autopilot.Platform.Sandbox;

/// <summary>Decides which refusals of one sandbox get a note of their own and counts the rest, so that a flood of one kind neither fills a record nor hides another.</summary>
/// <remarks>For any thread. What it keeps is bounded, whatever a program tries.</remarks>
/// <param name="guarded">Paths whose every kind of refusal is kept apart from all others: <see cref="SandboxCell.Guarded"/>.</param>
public sealed class Refusals(IReadOnlyList<string>? guarded = null)
{
    /// <summary>Notes for one kind in one place.</summary>
    public const int NotesOfKind = 5;

    /// <summary>Places of one kind that are told apart; guarded paths come on top.</summary>
    public const int PlacesOfKind = 20;

    private const int MostSorts = 200;
    private const int ToldKinds = 20;
    private const string Elsewhere = "other places";
    private static readonly RefusalKind other = new("other", "");
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly Dictionary<RefusalKind, Seen> kinds = [];
    // The deepest first: it is what was meant.
    private IReadOnlyList<string> guarded = Ordered(guarded ?? []);

    /// <summary>Names the guarded paths, where they were not known before.</summary>
    public void Guard(IReadOnlyList<string> paths)
    {
        lock (gate) guarded = Ordered(paths);
    }

    /// <summary>Takes one that was seen from outside.</summary>
    /// <returns>Whether it is worth a note; otherwise it is counted for <see cref="Rest"/>.</returns>
    public bool Add(string what) => Add(what, RefusalKind.Of(what), RefusalKind.PathOf(what));

    /// <summary>Takes one that a program printed.</summary>
    /// <param name="sign">By which it was known.</param>
    /// <param name="line">All that was said.</param>
    /// <returns>As <see cref="Add(string)"/>.</returns>
    public bool AddPrinted(string sign, string line) => Add(line, RefusalKind.OfPrinted(sign, line), null);

    /// <summary>What was not noted since the last call, in one line; null for nothing.</summary>
    public string? Rest()
    {
        lock (gate)
        {
            var rest = kinds.Where(kind => kind.Value.More > 0).OrderByDescending(kind => kind.Value.More).ToList();
            if (rest.Count == 0) return null;
            var told = rest.Take(ToldKinds).Select(kind => $"{kind.Value.More} × {Words(kind.Key)}");
            var untold = rest.Skip(ToldKinds).Sum(kind => kind.Value.More);
            var line = $"the sandbox refused {rest.Sum(kind => kind.Value.More)} more: {string.Join("; ", untold == 0 ? told : told.Append($"{untold} of {rest.Count - ToldKinds} further kinds"))}";
            foreach (var kind in rest) kind.Value.More = 0;
            return line;
        }
    }

    private static string Words(RefusalKind kind) => kind.Place.Length == 0 ? kind.Sort : $"{kind.Sort} ({kind.Place})";

    private static List<string> Ordered(IReadOnlyList<string> paths) => [.. paths.OrderByDescending(path => path.Length)];

    private bool Add(string what, RefusalKind kind, string? path)
    {
        lock (gate)
        {
            var seen = Of(Kept(kind, path));
            if (seen.Noted.Count < NotesOfKind && seen.Noted.Add(what)) return true;
            seen.More++;
            return false;
        }
    }

    private RefusalKind Kept(RefusalKind kind, string? path)
    {
        if (path is not null && guarded.FirstOrDefault(one => IsIn(path, one)) is { } mark) kind = kind with { Place = mark };
        else if (!kinds.ContainsKey(kind)) kind = Placed(kind);
        return kind;
    }

    private RefusalKind Placed(RefusalKind kind)
    {
        var known = places.GetValueOrDefault(kind.Sort);
        if (known == 0 && places.Count >= MostSorts) return other;
        if (known >= PlacesOfKind) return kind with { Place = Elsewhere };
        places[kind.Sort] = known + 1;
        return kind;
    }

    private Seen Of(RefusalKind kind)
    {
        if (!kinds.TryGetValue(kind, out var seen)) kinds[kind] = seen = new Seen();
        return seen;
    }

    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');

    private sealed class Seen
    {
        public HashSet<string> Noted { get; } = new(StringComparer.Ordinal);

        public long More { get; set; }
    }
}
