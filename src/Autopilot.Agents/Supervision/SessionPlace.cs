using Autopilot.Agents.Launching;
using Autopilot.Core.Agents;
using Autopilot.Core.Network;
using Autopilot.Platform.Processes;
using Autopilot.Platform.Sandbox;

namespace Autopilot.Agents.Supervision;

/// <summary>Where one session runs: in a sandbox cut to what it may do, or free where there is none.</summary>
internal sealed class SessionPlace(AgentRequest request, ISandbox? sandbox, SandboxRules? rules)
{
    // Inside, these are empty folders of the sandbox's own, so that a program that lies there must be shown.
    private static readonly string[] Replaced = ["/tmp/", "/var/tmp/", "/run/"];

    public bool IsSandboxed => sandbox is not null;

    /// <summary>The process as it is started here, with what must stand beside it.</summary>
    /// <param name="refused">Told what it tried and was not allowed, as far as that is seen from outside.</param>
    /// <exception cref="ExecutableNotFoundException">There is no such program.</exception>
    public async Task<SandboxCell> Enter(ProcessSpec spec, LaunchPlan plan, string scratch, Action<string> refused)
    {
        if (sandbox is null || rules is null) return new SandboxCell(spec);
        var program = spec.Arguments.Prepend(spec.Executable).Where(IsFileElsewhere).SelectMany(Parts);
        var policy = rules.For(request.Workspace, request.Access == AgentAccess.Write, [.. plan.State, .. plan.Folders, scratch], [.. program], [.. Endpoints(plan)]) with { Watch = rules.Watch };
        return await SandboxCell.Prepare(sandbox, spec, policy, refused);
    }

    // By convention the variables that name a model's endpoint end alike.
    private static IEnumerable<HostRule> Endpoints(LaunchPlan plan) =>
        plan.Environment.Where(variable => variable.Key.EndsWith("_BASE_URL", StringComparison.Ordinal)).Select(variable => variable.Value).Concat(plan.Endpoints).Select(HostRule.OfUrl).OfType<HostRule>();

    private bool IsFileElsewhere(string word) =>
        Path.IsPathRooted(word) && File.Exists(word) && !word.StartsWith(request.Workspace.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>A file of the program, and what lies beside it where the sandbox would not show that.</summary>
    private static IEnumerable<string> Parts(string file)
    {
        yield return file;
        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        foreach (var path in new[] { file, target })
            if (Replaced.Any(root => path.StartsWith(root, StringComparison.Ordinal)) && Folder(path) is { } folder) yield return folder;
    }

    /// <summary>The folder of a program, or of all packages where it is one of node's; null where that is one that the sandbox replaces.</summary>
    private static string? Folder(string program)
    {
        var modules = program.IndexOf("/node_modules/", StringComparison.Ordinal);
        var folder = modules > 0 ? program[..(modules + "/node_modules".Length)] : Path.GetDirectoryName(program)!;
        return Replaced.Contains(folder + "/", StringComparer.Ordinal) ? null : folder;
    }
}
