using System.Text;

namespace Autopilot.Platform.Processes.Containment;

/// <summary>Finds processes by a variable in their environment, which descendants inherit wherever they were re-parented to.</summary>
internal static class EnvironmentMarker
{
    public static IEnumerable<ProcessIdentity> Find(ProcessTable table, string marker)
    {
        var sought = Encoding.UTF8.GetBytes($"={marker}");
        return [.. table.All.Where(process => !process.IsZombie && process.Pid != System.Environment.ProcessId && Carries(process.Pid, sought)).Select(process => process.Identity)];
    }

    private static bool Carries(int pid, byte[] sought)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid}/environ").AsSpan().IndexOf(sought) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or another user's: not ours in either case.
            return false;
        }
    }
}
