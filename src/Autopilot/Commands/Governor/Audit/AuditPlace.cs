using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;
using Autopilot.Platform.Files;
using Autopilot.Platform.Processes;

namespace Autopilot.Commands.Governor.Audit;

/// <summary>A state of its own for one invariant, and this very program to act on it from outside.</summary>
internal sealed class AuditPlace : IDisposable
{
    private readonly DirectoryInfo folder = ScratchSpace.NewFolder("audit");
    private readonly Dictionary<string, string> environment;

    public AuditPlace(IReadOnlyDictionary<string, string> inherited)
    {
        environment = inherited.Where(v => v.Key is "PATH" or "DOTNET_ROOT").ToDictionary(StringComparer.Ordinal);
        environment["HOME"] = folder.FullName;
        environment["AUTOPILOT_HOME"] = Path.Combine(folder.FullName, "home");
        MakeRepository();
        Home = GovernorHome.Resolve(environment);
    }

    public GovernorHome Home { get; }

    public string Folder => folder.FullName;

    /// <summary>Where agents work.</summary>
    public string Work => Path.Combine(folder.FullName, "work");

    /// <summary>A fresh one beside it.</summary>
    public AuditPlace Another() => new(environment);

    /// <summary>Set for the commands that follow.</summary>
    public void Set(string name, string? value)
    {
        if (value is null) environment.Remove(name);
        else environment[name] = value;
    }

    public PlainProcess Start(params string[] arguments) => PlainProcess.Start(Environment.ProcessPath!, arguments, Work, environment);

    /// <summary>Runs a command to its end.</summary>
    public async Task<(int Code, string Output)> Run(CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.Finish(cancellation);
    }

    /// <summary>Runs a command that must end with this exit code.</summary>
    public async Task<string> Expect(int code, CancellationToken cancellation, params string[] arguments)
    {
        var (seen, output) = await Run(cancellation, arguments);
        return seen == code ? output : throw new AuditFailure($"'autopilot {string.Join(' ', arguments)}' ended with {seen} instead of {code}");
    }

    /// <summary>The same as an agent.</summary>
    public async Task ExpectOfAgent(int code, CancellationToken cancellation, params string[] arguments)
    {
        Set(CallerRecognition.SessionVariable, "audit");
        await Expect(code, cancellation, arguments);
        Set(CallerRecognition.SessionVariable, null);
    }

    public ModeMachine Machine(TimeProvider clock) => new(Home, clock);

    public void ExpectMode(Mode mode, TimeProvider clock)
    {
        var seen = Machine(clock).Read().Mode;
        if (seen != mode) throw new AuditFailure($"the mode is {GovernanceNames.Of(seen)} instead of {GovernanceNames.Of(mode)}");
    }

    /// <summary>An executable script as an agent.</summary>
    public string Agent(string script)
    {
        var file = Path.Combine(folder.FullName, "agent.sh");
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>Makes <c>paid</c> an agent that speaks the protocol of a paid one and says that each session cost this much, in USD.</summary>
    public void PaidAgent(string cost)
    {
        var file = Agent($$$"""
            cat > /dev/null
            echo '{"type":"system","subtype":"init","session_id":"audit","model":"audit","tools":[]}'
            echo '{"type":"result","subtype":"success","is_error":false,"result":"done","num_turns":1,"duration_ms":1,"session_id":"audit","total_cost_usd":{{{cost}}},"usage":{"input_tokens":10,"output_tokens":5}}'
            """);
        File.WriteAllText(Path.Combine(Work, "autopilot.yaml"), $"agents:\n  paid: {{ kind: claude, command: [{file}] }}\n");
    }

    /// <summary>An empty one: without it, runs would use whatever repository lies around the temporary folder.</summary>
    private void MakeRepository()
    {
        var git = Path.Combine(Work, ".git");
        Directory.CreateDirectory(Path.Combine(git, "objects"));
        Directory.CreateDirectory(Path.Combine(git, "refs"));
        File.WriteAllText(Path.Combine(git, "HEAD"), "ref: refs/heads/main\n");
    }

    public void Dispose() => folder.Delete(recursive: true);
}
