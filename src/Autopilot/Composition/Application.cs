using Autopilot.Core;
using Autopilot.Core.Configuration;
using Autopilot.Core.Governance;
using Autopilot.Engine.Recording;
using Autopilot.Rendering;

namespace Autopilot.Composition;

/// <summary>The composition root: what commands are made of, each part built when a command first asks for it.</summary>
internal sealed class Application(Terminal terminal, TimeProvider clock, string? folder = null, IReadOnlyDictionary<string, string>? variables = null)
{
    public Terminal Terminal { get; } = terminal;

    public TimeProvider Clock { get; } = clock;

    /// <summary>The folder in which the user stands.</summary>
    public string Folder { get; } = folder ?? Directory.GetCurrentDirectory();

    /// <summary>Autopilot's own environment. Agents never inherit it: they get an allow-list.</summary>
    public IReadOnlyDictionary<string, string> Environment => environment ??= variables ?? ReadEnvironment();

    /// <summary>Where things live on this machine.</summary>
    public Places Places => places ??= new Places(Environment);

    /// <summary>The funnel for secrets, set up on another thread when it is first asked for; that of the work once its configuration is known.</summary>
    public SecretRedactor Redactor { get => field ??= SecretRedactor.FromEnvironment(Environment, Credentials); set; }

    /// <summary>The signal that is ending this program, in words; null while none came.</summary>
    public string? StopCause => Interruption?.Cause;

    /// <summary>Set while a command runs.</summary>
    public Interruption? Interruption { get; set; }

    /// <summary>Fires with the first signal.</summary>
    public CancellationToken Interrupted => Interruption?.Token ?? CancellationToken.None;

    /// <summary>True when whoever started this program says that no person did: then the mode must allow its work.</summary>
    public bool Unattended { get => field || UnattendedWork.IsSaidIn(Environment); set; }

    /// <summary>Values that are secret whatever their variables are named, once the work's configuration is known.</summary>
    public IReadOnlyList<string> Credentials { get; set; } = [];

    private IReadOnlyDictionary<string, string>? environment;
    private Places? places;

    /// <summary>A folder as the user gave it, made absolute; the current one when none was given.</summary>
    /// <exception cref="UserErrorException">There is no such folder.</exception>
    public string FolderOr(string? given)
    {
        var asked = given is null ? Folder : Path.GetFullPath(given, Folder);
        return Directory.Exists(asked) ? asked : throw new UserErrorException($"There is no folder {asked}.");
    }

    /// <summary>The configuration that holds for work in a folder.</summary>
    /// <exception cref="ConfigurationException">Something in it is wrong.</exception>
    public EffectiveConfiguration Configuration(string folder, ConfigurationLayer? flags = null) =>
        ConfigurationFiles.Load(Places, Places.RepositoryOf(folder), Environment, flags);

    private static Dictionary<string, string> ReadEnvironment() =>
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);
}
