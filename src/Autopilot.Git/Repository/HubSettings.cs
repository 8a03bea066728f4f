using System.Text;

namespace Autopilot.Git.Repository;

/// <summary>What the hub takes over from the user's configuration: what decides how files look in a checkout, and nothing that could run.</summary>
/// <param name="ObjectFormat">sha1 or sha256.</param>
/// <param name="Checkout">Keys of the section <c>core</c>, with their values.</param>
internal sealed record HubSettings(string ObjectFormat, IReadOnlyDictionary<string, string> Checkout)
{
    private const string Wanted = @"^(core\.(autocrlf|eol|symlinks|filemode|ignorecase|precomposeunicode)|extensions\.objectformat)$";

    public static async Task<HubSettings> Of(IGit git, UserRepository user, CancellationToken cancellation)
    {
        var answer = await git.Try(user.Root, ["config", "--null", "--get-regexp", Wanted], cancellation);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in answer.Fields.Select(f => f.Trim('\n')).Where(f => f.Length > 0))
        {
            // A key without a value is true; the last of several holds.
            var pair = field.Split('\n', 2);
            values[pair[0]] = pair.Length == 2 ? pair[1] : "true";
        }

        var format = values.GetValueOrDefault("extensions.objectformat", "sha1");
        values.Remove("extensions.objectformat");
        return new HubSettings(format, values.ToDictionary(v => v.Key["core.".Length..], v => v.Value, StringComparer.Ordinal));
    }

    /// <summary>The hub's whole configuration file.</summary>
    public string Text()
    {
        var isPlain = ObjectFormat == "sha1";
        var text = new StringBuilder("[core]\n\tbare = true\n\tlogAllRefUpdates = always\n");
        text.Append("\trepositoryFormatVersion = ").Append(isPlain ? '0' : '1').Append('\n');
        foreach (var (name, value) in Checkout) text.Append('\t').Append(name).Append(" = \"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append("\"\n");
        // Also for the git that agents run: what no ref names may be in a journal.
        text.Append("[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n");
        if (!isPlain) text.Append("[extensions]\n\tobjectFormat = ").Append(ObjectFormat).Append('\n');
        return text.ToString();
    }
}
