using System.Globalization;
using Autopilot.Git.Repository;

namespace Autopilot.Git.Landing;

/// <summary>What a user's repository itself says of how its remotes are reached: credentials, proxies, the ssh to use.</summary>
internal static class TransportSettings
{
    private const string Wanted = @"^(credential\..*|http\..*|ssh\.variant|core\.(sshcommand|gitproxy))$";

    /// <returns>As variables: on a command line everybody on the machine could read them.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> Of(IGit git, UserRepository user, CancellationToken cancellation)
    {
        var answer = await git.Try(user.Root, ["config", "--local", "--null", "--get-regexp", Wanted], cancellation);
        var found = answer.Fields.Select(f => f.Trim('\n')).Where(f => f.Length > 0).Select(f => f.Split('\n', 2)).ToList();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["GIT_CONFIG_COUNT"] = found.Count.ToString(CultureInfo.InvariantCulture) };
        foreach (var (i, pair) in found.Index())
        {
            variables[$"GIT_CONFIG_KEY_{i}"] = pair[0];
            variables[$"GIT_CONFIG_VALUE_{i}"] = pair.Length == 2 ? pair[1] : "true";
        }

        return variables;
    }
}
