using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Autopilot.Git.Workspaces;

/// <summary>What an owner had in a workspace that it has no more: kept until the owner comes back, so that it goes on where it was.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Id">The workspace in which it was: an agent may know its sessions by their folder.</param>
/// <param name="Head">Where HEAD was; what differs in <paramref name="Commit"/> was in no commit.</param>
/// <param name="Commit">Everything that was there; a branch of the hub holds it.</param>
internal sealed record LeftWork(string Owner, string Id, string Head, string Commit)
{
    private const string Extension = ".left";

    /// <summary>Null when it left none; one that cannot be read counts as none, for its branch is there all the same.</summary>
    public static LeftWork? Of(string folder, string owner) => Read(FileOf(folder, owner)) is { } left && left.Owner == owner ? left : null;

    public static void ForgetAll(string folder, string owners)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Extension))
            if (Read(file)?.Owner.StartsWith(owners, StringComparison.Ordinal) == true) File.Delete(file);
    }

    private static LeftWork? Read(string file)
    {
        if (!File.Exists(file)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), GitJson.Default.LeftWork);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Keep(string folder)
    {
        var temporary = FileOf(folder, Owner) + ".new";
        File.WriteAllText(temporary, JsonSerializer.Serialize(this, GitJson.Default.LeftWork));
        File.Move(temporary, FileOf(folder, Owner), overwrite: true);
    }

    public static void Forget(string folder, string owner) => File.Delete(FileOf(folder, owner));

    private static string FileOf(string folder, string owner) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)))[..16] + Extension);
}
