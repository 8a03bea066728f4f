using System.CommandLine;
using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Configuration;

namespace Autopilot.Commands.Config;

/// <summary><c>autopilot config show</c></summary>
internal static class ShowConfigCommand
{
    public static Command Build(Application application)
    {
        var path = new Argument<string?>("KEY") { Description = "Only this key, or the keys below it.", Arity = ArgumentArity.ZeroOrOne };
        var folder = CommonOptions.Folder();
        var json = CommonOptions.Json();
        var command = new Command("show", "Show each value that holds, and where it comes from.") { path, folder, json };
        command.SetAction(parsed => Run(application, parsed.GetValue(path), parsed.GetValue(folder), parsed.GetValue(json)));
        return command.WithExamples("autopilot config show", "autopilot config show budget", "AUTOPILOT_BUDGET_SESSION=2 autopilot config show budget.session");
    }

    private static int Run(Application application, string? path, string? folder, bool json)
    {
        var configuration = application.Configuration(application.FolderOr(folder));
        var values = configuration.Values().Where(v => path is null || v.Path == path || v.Path.StartsWith(path + ".", StringComparison.Ordinal))
            .Select(v => v with { Value = v.Safe(application.Redactor).Value }).ToList();
        if (values.Count == 0 && path is not null) throw Unknown(path, configuration.Catalogue);
        if (json) application.Terminal.Json([.. values.Select(ConfiguredValueJson.Of)], ConfigJson.Default.ConfiguredValueJsonArray);
        else Print(application, values);
        return ExitCodes.Done;
    }

    private static void Print(Application application, IReadOnlyList<ConfiguredValue> values)
    {
        var pathWidth = values.Max(v => v.Path.Length);
        var valueWidth = Math.Min(40, values.Max(v => v.Value.Length));
        foreach (var value in values)
            application.Terminal.Result($"{value.Path.PadRight(pathWidth)}  {value.Value.PadRight(valueWidth)}  {application.Terminal.Paint(Rendering.Colour.Dim, value.Origin.ToString())}");
    }

    private static UserErrorException Unknown(string path, ConfigurationCatalogue catalogue)
    {
        if (catalogue.Keys.Any(k => k.Name == path)) return new UserErrorException($"'{path}' is not set and has no default.", ExitCodes.Failed);
        var meant = Spelling.Nearest(path, catalogue.Keys.Select(k => k.Name));
        return new UserErrorException($"There is no key '{path}'.{(meant is null ? " See 'autopilot config schema'." : $" Did you mean '{meant}'?")}");
    }
}
