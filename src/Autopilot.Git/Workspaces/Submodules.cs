using Autopilot.Core.Merging;
using Autopilot.Git.Repository;

namespace Autopilot.Git.Workspaces;

/// <summary>The submodules of a workspace. Their commits come from the user's repository on this machine; nothing is fetched.</summary>
internal static class Submodules
{
    /// <summary>Below a hub, those of its submodules: where the hub is seen, they are.</summary>
    private const string Hubs = "submodules";

    public static async Task<IReadOnlyList<Submodule>> In(Hub hub, string place, CancellationToken cancellation)
    {
        var described = Path.Combine(place, ".gitmodules");
        if (!File.Exists(described)) return [];
        var names = await Names(hub, described, cancellation);
        var index = await hub.Git.Run(place, cancellation, "ls-files", "--stage", "-z");
        var found = new List<Submodule>();
        foreach (var entry in index.Fields.Where(f => f.StartsWith("160000 ", StringComparison.Ordinal)))
        {
            // Mode, commit, stage, a tab and the path.
            var (commit, path) = (entry.Split(' ')[1], entry[(entry.IndexOf('\t', StringComparison.Ordinal) + 1)..]);
            // A link that .gitmodules does not name is no submodule to git either.
            if (names.GetValueOrDefault(path) is { } name) found.Add(new Submodule(path, new CommitId(commit), await HubOf(hub, name, path, cancellation), Path.Combine(place, path)));
        }

        return found;
    }

    private static async Task<Hub> HubOf(Hub hub, string name, string path, CancellationToken cancellation)
    {
        var module = Path.Combine(hub.User.CommonFolder, "modules", name);
        if (!File.Exists(Path.Combine(module, "HEAD")))
            throw new IOException($"The submodule {path} is not in your repository, and nothing is fetched without being asked. Run 'git submodule update --init --recursive' in your checkout, then go on.");
        return await hub.OpenBelow(UserRepository.OfModule(hub.User, module), Path.Combine(hub.Folder, Hubs, name.Replace('/', '%')), cancellation);
    }

    private static async Task<IReadOnlyDictionary<string, string>> Names(Hub hub, string described, CancellationToken cancellation)
    {
        var answer = await hub.Git.Try(hub.Folder, ["config", "--file", described, "--null", "--get-regexp", @"^submodule\..*\.path$"], cancellation);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in answer.Fields.Select(f => f.Trim('\n').Split('\n', 2)).Where(p => p.Length == 2))
        {
            var name = pair[0]["submodule.".Length..^".path".Length];
            // As git itself: a name never leads out of the folder of modules.
            if (!name.Split('/').Contains("..", StringComparer.Ordinal) && !Path.IsPathRooted(name)) names[pair[1]] = name;
        }

        return names;
    }
}
