using Autopilot.ModelServer;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;
using BuiltProgram = Autopilot.BlackBox.Tests.Program;

namespace Autopilot.RealAgents.Tests;

/// <summary>What all tests share: the CLIs, one model server, one supervisor.</summary>
public sealed class RealAgents : IAsyncLifetime
{
    private readonly ProcessSupervisor processes = new(TimeProvider.System);
    private string? bin;
    private string? missing;

    public ScenarioServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await ScenarioServer.Start();
        (bin, missing) = await Installation.Ensure(processes);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        processes.Dispose();
    }

    /// <summary>A workspace for one test, or its end as skipped where the CLIs cannot be had.</summary>
    internal Workbench Open() => new(Server, processes, Bin());

    /// <summary>The built program in a scratch repository, with the real CLIs in its search path and the scripted model behind them.</summary>
    internal BuiltProgram OpenProgram()
    {
        var program = new BuiltProgram();
        program.Variables["PATH"] = $"{Bin()}:/usr/local/bin:/usr/bin:/bin";
        program.Variables["FAKE_KEY"] = "sk-ant-fake";
        // Codex writes nothing where its home lies below the folder for temporary files.
        program.Variables["TMPDIR"] = Directory.CreateDirectory(Path.Combine(program.Home, "tmp")).FullName;
        File.WriteAllText(program["autopilot.yaml"], $$"""
            agents:
              claude: { kind: claude, base_url: "{{Server.Url}}", api_key_env: FAKE_KEY }
              codex: { kind: codex, base_url: "{{Server.OpenAiUrl}}", api_key_env: FAKE_KEY, model: gpt-5.5 }

            """);
        return program;
    }

    private string Bin()
    {
        Skip.If(bin is null, missing);
        return bin!;
    }

    /// <summary>The same, with the agents in the sandbox; skipped as well where this machine has none.</summary>
    internal async Task<Workbench> OpenSandboxed()
    {
        Skip.If(bin is null, missing);
        var support = await SandboxProbe.Run(processes, CancellationToken.None);
        Skip.IfNot(support.IsAvailable, support.Detail);
        return new Workbench(Server, processes, bin!, new SandboxRules { Mode = SandboxMode.Required, Watch = SandboxWatch.Changes, Entry = Path.Combine(AppContext.BaseDirectory, "autopilot") });
    }
}
