using System.Text;

using Autopilot.Agents.Launching;
using Autopilot.Agents.Translation;
using Autopilot.Core.Agents;

namespace Autopilot.Agents.Command;

/// <summary>Any executable as an agent: the prompt on stdin and in a file, the workspace as working folder, and the exit code decides.</summary>
public sealed class CommandAdapter : IAgentAdapter
{
    /// <summary>The variable that names the file with the prompt.</summary>
    public const string PromptFile = "AUTOPILOT_PROMPT_FILE";

    public string Kind => "command";

    public string? Vendor => null;

    public AgentCapabilities Capabilities { get; } =
        new(Resumes: false, ReportsCost: false, LimitsTurns: false, LimitsBudget: false, AnswersBySchema: false, SpendsMoney: false);

    public AgentTraits Traits(AgentSettings settings) => new()
    {
        Name = settings.Name,
        ExitCodeDecides = true,
        HowToInstall = $"Check `command:` of the agent {settings.Name} in the configuration.",
        Credential = settings.ApiKeyEnv ?? "",
    };

    public LaunchPlan Plan(AgentRequest request, AgentSettings settings, Surroundings surroundings)
    {
        var prompt = request.Instructions is null ? request.Prompt : $"{request.Instructions}\n\n{request.Prompt}";
        var file = new ScratchFile(Path.Combine(surroundings.Scratch, "prompt.txt"), prompt);
        return new LaunchPlan
        {
            Executable = settings.Command[0],
            Arguments = [.. settings.Command.Skip(1), .. settings.ExtraArguments],
            Environment = Environment(request, settings, surroundings, file.Path),
            Stdin = Encoding.UTF8.GetBytes(prompt),
            Files = [file],
        };
    }

    public ITranslator Translator(AgentRequest request) => new CommandTranslator();

    private static Dictionary<string, string> Environment(AgentRequest request, AgentSettings settings, Surroundings surroundings, string promptFile)
    {
        var defaults = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [PromptFile] = promptFile,
            ["AUTOPILOT_WORKSPACE"] = request.Workspace,
            ["AUTOPILOT_ACCESS"] = request.Access switch { AgentAccess.None => "none", AgentAccess.ReadOnly => "read-only", _ => "write" },
        };
        if ((request.Model ?? settings.Model) is { } model) defaults["AUTOPILOT_MODEL"] = model;
        if (settings.BaseUrl is { } url) defaults["AUTOPILOT_BASE_URL"] = url;
        if (request.ResumeSessionId is { } session) defaults["AUTOPILOT_RESUME"] = session;
        var credential = AgentEnvironment.Credential(surroundings.Variables, settings, settings.ApiKeyEnv ?? "");
        return AgentEnvironment.Build(surroundings.Variables, settings, request, defaults, credential);
    }
}
