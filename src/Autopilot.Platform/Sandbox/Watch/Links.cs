using System.Globalization;
using System.Text;
using Autopilot.Platform.Processes.Native;

namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>Paths as a process in the sandbox means them.</summary>
internal static class Links
{
    private const int Longest = 4096;
    private const int MostLinks = 8;

    /// <summary>The path without <c>.</c> and <c>..</c>, with the link at its end followed where that is wanted, and the links of /proc to the process's own folders.</summary>
    /// <remarks>Links in the middle are not followed: that costs a look at each folder of each path.</remarks>
    public static string Resolve(int process, string path, bool follows = true)
    {
        var at = WithoutProc(process, path);
        if (!follows) return at;
        for (var i = 0; i < MostLinks; i++)
        {
            if (at.StartsWith("/proc/", StringComparison.Ordinal) || at.StartsWith("/dev/", StringComparison.Ordinal)) return at;
            if (Target($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/root{at}") is not { } target) return at;
            at = Path.GetFullPath(target, Path.GetDirectoryName(at) ?? "/");
        }

        return at;
    }

    /// <summary>Where a link leads, as it stands there; null when it is none.</summary>
    public static unsafe string? Target(string link)
    {
        var path = Encoding.UTF8.GetBytes(link + '\0');
        var buffer = stackalloc byte[Longest];
        fixed (byte* start = path)
        {
            var length = LibC.ReadLink(start, buffer, Longest);
            return length <= 0 ? null : Encoding.UTF8.GetString(buffer, (int)length);
        }
    }

    /// <summary>The user under whom a process runs, in its own numbering; null when it is gone.</summary>
    public static uint? Owner(int process)
    {
        try
        {
            // As its own /proc shows it: inside, the numbers are those of its user namespace.
            foreach (var line in File.ReadLines($"/proc/{process}/status"))
                if (line.StartsWith("Uid:", StringComparison.Ordinal)) return uint.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture);
            return null;
        }
        catch (IOException)
        {
            return null; // gone: then it gets nothing either
        }
    }

    // /proc/self/cwd/../x and /proc/1/root/x are other names of the same places.
    private static string WithoutProc(int process, string path)
    {
        if (!path.StartsWith("/proc/", StringComparison.Ordinal)) return Path.GetFullPath(path);
        var parts = path.Split('/', 5);
        return parts.Length < 4 ? Path.GetFullPath(path) : parts[3] switch
        {
            "root" => Path.GetFullPath("/" + (parts.Length > 4 ? parts[4] : "")),
            "cwd" when Target($"/proc/{process}/cwd") is { } folder && folder.StartsWith('/') => Path.GetFullPath(folder + "/" + (parts.Length > 4 ? parts[4] : "")),
            _ => Path.GetFullPath(path),
        };
    }
}
