namespace Autopilot.Bench.Profiling;

/// <summary>A method of a generic type that the runtime had to compile while a program ran.</summary>
/// <param name="Type">As the runtime writes it: <c>Outer`1+Inner`1[First,Second`1[Third]]</c>.</param>
/// <param name="Name">The method's.</param>
internal sealed record CompiledMethod(string Type, string Name)
{
    private static readonly string[] Compiled = ["[QuickJitted]", "[Optimized]"];

    /// <summary>Reads the map that the runtime writes for <c>perf</c>: address, size, and what is there.</summary>
    public static IReadOnlyList<CompiledMethod> In(string map) =>
        [.. File.ReadLines(map).Where(l => Array.Exists(Compiled, l.EndsWith)).Select(Parse).OfType<CompiledMethod>().Distinct()];

    // "7F.. 2a instance void [System.Private.CoreLib] Type`1[Argument]::Method(int32)[QuickJitted]"
    private static CompiledMethod? Parse(string line)
    {
        var separator = line.IndexOf("::", StringComparison.Ordinal);
        if (separator < 0 || line.IndexOf('(', separator) is not (> 0 and var parameters)) return null;
        var whole = line[..parameters];
        whole = whole[(whole.LastIndexOf("] ", StringComparison.Ordinal) + 2)..];
        var parts = whole.Split("::", 2);
        return parts is [var type, var name] && type.Contains('`', StringComparison.Ordinal) ? new CompiledMethod(type, name) : null;
    }
}
