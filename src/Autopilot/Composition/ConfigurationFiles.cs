using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Platform.Files;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Composition;

/// <summary>Reads the layers: the user's file, the repository's file, the environment, the flags.</summary>
internal static class ConfigurationFiles
{
    private const int Longest = 16 << 20;

    /// <exception cref="ConfigurationException">Something in them is wrong.</exception>
    /// <exception cref="UserErrorException">A file cannot be read.</exception>
    public static EffectiveConfiguration Load(Places places, string repository, IReadOnlyDictionary<string, string> environment, ConfigurationLayer? flags = null)
    {
        ConfigurationGuard.RequireKnown(Path.Combine(repository, Places.ConfigurationFile));
        var catalogue = ConfigurationCatalogue.Product;
        var layers = Paths(places, repository).Where(File.Exists).Select(Read).ToList();
        layers.Add(ConfigurationLayer.OfEnvironment(environment, catalogue));
        if (flags is not null) layers.Add(flags);
        return EffectiveConfiguration.Join(catalogue, layers);
    }

    /// <summary>The files in the order in which a later one wins, existing or not.</summary>
    public static IReadOnlyList<string> Paths(Places places, string repository) =>
        [places.UserConfiguration, Path.Combine(repository, Places.ConfigurationFile)];

    private static ConfigurationLayer Read(string path)
    {
        try
        {
            // An agent may have left a pipe of that name, and no command may wait for it.
            var content = RegularFile.Read(path, Longest) ?? throw new UserErrorException($"The configuration {path} cannot be read: it is no file of at most {Longest >> 20} MB that is open to you. Look at it with 'ls -l', and remove it if it is not yours.");
            using var text = new StreamReader(new MemoryStream(content));
            return new ConfigurationLayer(path, ConfigurationText.Parse(text.ReadToEnd(), path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The configuration {path} cannot be read: {error.Message}", inner: error);
        }
    }
}
