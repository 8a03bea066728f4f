using System.Buffers;

namespace Autopilot.Platform.Sandbox;

/// <summary>What is alike among refusals: one place, and all else that is said but for the path.</summary>
/// <param name="Sort">The call and why it was refused, without what the program chose.</param>
/// <param name="Place">The folder of the path, or the host, process or user that it was about; empty for none.</param>
internal readonly record struct RefusalKind(string Sort, string Place)
{
    private const string Reason = ", which ";
    private const int LongestPath = 500; // whatever is printed
    private const string Connection = "connection to ";
    private static readonly SearchValues<char> PathOrNumber = SearchValues.Create("/[0123456789");

    /// <summary>The kind of a refusal that was seen from outside.</summary>
    /// <param name="what">In the words of <see cref="Watch.CallReading"/>, <see cref="Decoys"/> or <see cref="SandboxDoor"/>.</param>
    public static RefusalKind Of(string what)
    {
        var start = Start(what);
        // The last one: a program can put these words into its path, too.
        var end = what.LastIndexOf(Reason, StringComparison.Ordinal) is var reason && reason >= start ? reason : what.Length;
        var about = what[start..end];
        return new(about.Length == 0 ? what : $"{what[..start]}…{what[end..]}", about.StartsWith('/') ? Path.GetDirectoryName(about) ?? "/" : Host(about));
    }

    /// <summary>The kind of an error that a program printed; what it says beyond the sign is its own choice.</summary>
    public static RefusalKind OfPrinted(string sign, string line)
    {
        var start = line.IndexOf('/');
        var path = start < 0 ? "" : line[start..].Split(['\'', '"', ' ', ':'], 2)[0];
        return new($"printed: {sign}", Path.GetDirectoryName(path.Length > LongestPath ? path[..LongestPath] : path) ?? "");
    }

    /// <summary>The path that a refusal is about; null for none.</summary>
    public static string? PathOf(string what)
    {
        var start = Start(what);
        if (start == what.Length || what[start] != '/') return null;
        var reason = what.LastIndexOf(Reason, StringComparison.Ordinal);
        return reason > start ? what[start..reason] : what[start..];
    }

    private static int Start(string what)
    {
        if (what.StartsWith(Connection, StringComparison.Ordinal)) return Connection.Length;
        var name = what.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0; // names of calls have digits
        var at = what.AsSpan(name).IndexOfAny(PathOrNumber);
        return at < 0 ? what.Length : name + at;
    }

    private static string Host(string about) => about.LastIndexOf(':') is var colon and > 0 ? about[..colon] : about;
}
