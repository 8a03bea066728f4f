using Autopilot.Core.Configuration;
using Autopilot.Core.Redaction;
using Autopilot.Core.Trajectories;

namespace Autopilot.Composition;

/// <summary>Configured values as they may be written and shown.</summary>
internal static class SafeSetting
{
    /// <summary>The key and its value without secrets: a variable for an agent whose name is sensitive is masked whatever its value looks like.</summary>
    public static KeyValuePair<string, string> Safe(this ConfiguredValue setting, IRecordRedactor redactor) =>
        KeyValuePair.Create(setting.Path, IsSecret(setting.Path) ? Mask.Text : redactor.Redact(setting.Value));

    private static bool IsSecret(string path) =>
        path.Split('.') is ["agents", _, "env", var variable] && SensitiveName.IsSensitive(variable);
}
