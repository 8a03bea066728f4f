using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Autopilot.Core.Merging;

namespace Autopilot.Git.Repository;

/// <summary>
/// A commit as git stores it, made without a process of git's: to start one costs far more than to make a commit, which holds nothing but what
/// it is given, and whose form can never change.
/// </summary>
/// <param name="Id">The hash of its content.</param>
/// <param name="Stored">The content of its file.</param>
public sealed record CommitObject(CommitId Id, ReadOnlyMemory<byte> Stored)
{
    /// <summary>What git takes away around a name, and within it.</summary>
    private const string Around = " .,:;<>\"\\'\t\r\n", Within = "<>\n";

    /// <param name="tree">Its length says by which hash the repository names its objects.</param>
    /// <param name="who">Author and committer.</param>
    /// <param name="at">When both did it.</param>
    public static CommitObject Of(string tree, IReadOnlyList<string> parents, GitIdentity who, DateTimeOffset at, string message)
    {
        var signed = $"{Clean(who.Name)} <{Clean(who.Email)}> {at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)} {Zone(at.Offset)}";
        var text = new StringBuilder($"tree {tree}\n");
        foreach (var parent in parents) text.Append($"parent {parent}\n");
        text.Append($"author {signed}\ncommitter {signed}\n\n{message}");
        // git keeps no text with a zero in it.
        text.Replace('\0', '\uFFFD');
        return Of(Encoding.UTF8.GetBytes(text.ToString()), isLong: tree.Length == 2 * SHA256.HashSizeInBytes);
    }

    private static CommitObject Of(byte[] content, bool isLong)
    {
        byte[] whole = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"commit {content.Length}\0")), .. content];
#pragma warning disable CA5350 // Not for secrecy: it is how the repository names what is in it.
        var hash = isLong ? SHA256.HashData(whole) : SHA1.HashData(whole);
#pragma warning restore CA5350
        using var stored = new MemoryStream();
        using (var zip = new ZLibStream(stored, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(whole);
        return new CommitObject(new CommitId(Convert.ToHexStringLower(hash)), stored.ToArray());
    }

    private static string Clean(string name) => string.Concat(name.Trim([.. Around]).Where(c => !Within.Contains(c, StringComparison.Ordinal)));

    private static string Zone(TimeSpan offset) => string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours):00}{Math.Abs(offset.Minutes):00}");
}
