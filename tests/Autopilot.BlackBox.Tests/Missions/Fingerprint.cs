using System.Security.Cryptography;

namespace Autopilot.BlackBox.Tests.Missions;

/// <summary>Every byte of a user's repository that Autopilot has no business with.</summary>
internal static class Fingerprint
{
    // New objects may come; Autopilot's own branches and refs, its folder and its line in info/exclude are its own.
    private static readonly string[] Own = [".autopilot/", ".git/objects/", ".git/refs/heads/autopilot/", ".git/logs/refs/heads/autopilot/", ".git/refs/autopilot/", ".git/info/exclude"];

    public static IReadOnlyDictionary<string, string> Of(string repository) =>
        Directory.EnumerateFiles(repository, "*", SearchOption.AllDirectories)
            .Select(f => (Path: Path.GetRelativePath(repository, f), File: f))
            .Where(f => !Own.Any(o => f.Path.StartsWith(o, StringComparison.Ordinal)))
            .ToDictionary(f => f.Path, f => $"{Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f.File)))} {File.GetUnixFileMode(f.File)}", StringComparer.Ordinal);
}
