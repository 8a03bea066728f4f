using Autopilot.Core.Verification;
using Autopilot.Engine.Verification;

namespace Autopilot.Composition;

/// <summary>How verification commands are run: in the sandbox, with what a build needs of the environment, and no secret.</summary>
internal static class Verifying
{
    private static readonly string[] Variables = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "DOTNET_ROOT", "JAVA_HOME", "GOPATH", "CARGO_HOME", "RUSTUP_HOME", "NODE_PATH", "VIRTUAL_ENV"];

    public static IVerifier Verifier(Application application, Workplace place) => new Verifier(
        place.Processes,
        Variables.Where(application.Environment.ContainsKey).ToDictionary(v => v, v => application.Environment[v], StringComparer.Ordinal),
        place.Redactor,
        TestOutput.Read,
        place.Confinement,
        (name, labels) => place.Governing.Count(name, labels));
}
