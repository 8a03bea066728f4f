using Autopilot.Agents.Launching;
using Autopilot.Platform.Files;

namespace Autopilot.Agents.Supervision;

/// <summary>A private folder for what one session needs at its start; it appears only when there is something to put in.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = ScratchSpace.NewPath("session");

    public void Prepare(LaunchPlan plan)
    {
        foreach (var folder in plan.Folders) Directory.CreateDirectory(folder);
        if (plan.Files.Count == 0) return;
        PrivateFolder.Create(Path);
        foreach (var file in plan.Files) File.WriteAllText(file.Path, file.Content);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
