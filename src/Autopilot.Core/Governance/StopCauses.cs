namespace Autopilot.Core.Governance;

/// <summary>What to do about a cause that stops work, such as <c>kill: enough</c>. Causes begin with a stable word.</summary>
public static class StopCauses
{
    public const string ModeOff = "mode:off";
    public const string Kill = "kill";

    /// <summary>The stable word.</summary>
    public static string CodeOf(string cause) => cause.Split(": ")[0];

    /// <summary>The cause with what to do next, as sentences.</summary>
    public static string Explain(string cause) => Advice(CodeOf(cause)) is { } advice ? $"{cause}. {advice}" : $"{cause}.";

    private static string? Advice(string code) => code switch
    {
        ModeOff => "Unattended work runs only while the mode is on: switch it on with 'autopilot on' or 'autopilot temp REASON --for 2h', or type the command yourself, without --unattended and AUTOPILOT_UNATTENDED.",
        Kill => "Release the kill switch with 'autopilot unkill'.",
        _ => null,
    };
}
