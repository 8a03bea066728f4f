using Autopilot.Core.Configuration;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Composition;

/// <summary>What the configuration says of the sandbox, as paths of this machine.</summary>
internal static class SandboxSettings
{
    /// <param name="places">Of this machine.</param>
    /// <param name="root">The repository's root.</param>
    /// <param name="configuration">What holds there.</param>
    public static SandboxRules Rules(Places places, string root, EffectiveConfiguration configuration) => new()
    {
        Mode = Enum.Parse<SandboxMode>(configuration.Get(SessionKeys.Sandbox)!, ignoreCase: true),
        Network = configuration.Get(SessionKeys.SandboxNetwork)!,
        Watch = Enum.Parse<SandboxWatch>(configuration.Get(SessionKeys.SandboxWatch)!, ignoreCase: true),
        Entry = Path.Combine(AppContext.BaseDirectory, "autopilot"),
        Hidden = [places.Home, Path.GetDirectoryName(places.UserConfiguration)!, .. SecretPaths.In(places.UserHome), .. Absolute(places, configuration.Get(SessionKeys.SandboxHidden)!)],
        // In the user's own checkout lie the records of all runs, and the limits that hold for the next one.
        ReadOnly = [Path.Combine(root, ".autopilot"), Path.Combine(root, Places.ConfigurationFile)],
        // Without git a loop works in the folder itself, and its agents leave their artefacts there.
        Shared = [Path.Combine(root, ".autopilot", "loop"), .. Absolute(places, configuration.Get(SessionKeys.SandboxWritable) ?? SharedCaches.Default)],
    };

    private static IEnumerable<string> Absolute(Places places, IEnumerable<string> paths) => paths.Select(path => Path.GetFullPath(path.StartsWith("~/", StringComparison.Ordinal) ? path[2..] : path, places.UserHome));
}
