using Autopilot.Composition;
using Autopilot.Core;
using Autopilot.Core.Governance;
using Autopilot.Engine.Governor;

namespace Autopilot.Commands.Governor;

/// <summary>The parts of the governor that the commands of this folder share, for the process that asks.</summary>
internal sealed class GovernorDesk
{
    public GovernorDesk(Application application)
    {
        Home = GovernorHome.Resolve(application.Environment);
        Machine = new ModeMachine(Home, application.Clock, interruption: application.Interrupted);
        KillSwitch = new KillSwitch(Home, Machine);
        Caller = new CallerRecognition(Home.Processes, application.Environment).Recognise();
        Application = application;
    }

    public Application Application { get; }

    public GovernorHome Home { get; }

    public ModeMachine Machine { get; }

    public KillSwitch KillSwitch { get; }

    public Caller Caller { get; }

    /// <summary>The mode that holds. What could not be recorded of it is counted, and said.</summary>
    public async Task<ModeState> Read()
    {
        var state = Machine.Read();
        if (Machine.Unrecorded is not { } missed) return state;
        Application.Terminal.Warn($"not recorded: {missed}");
        await CountedFailure.Add(Application, ModeMachine.EndNotRecorded, "mode");
        return state;
    }

    /// <summary>Asks for a mode and says what became of it.</summary>
    public int Request(Mode to, string reason, DateTimeOffset? until = null)
    {
        var decision = Machine.Request(new ModeRequest(Caller.Actor, to, reason, until), Caller);
        if (decision.Refusal is { } refusal) return Refused(refusal);
        var end = decision.State.Until is { } time ? $" until {time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" : "";
        Application.Terminal.Result($"OK: autopilot mode = {GovernanceNames.Of(to)} (by {GovernanceNames.Of(Caller.Actor)}){end}");
        if (to != Mode.Off && KillSwitch.IsPulled) Application.Terminal.Warn("the kill switch is pulled, so nothing runs: 'autopilot unkill' releases it.");
        return ExitCodes.Done;
    }

    /// <summary>Records a request that is refused before it comes to the table, and says why.</summary>
    public int RecordRefused(string code, string wanted, string reason)
    {
        Machine.RecordRefusal(code, wanted, reason, Caller);
        return Refused(code);
    }

    public int Refused(string code)
    {
        Application.Terminal.Fail($"BLOCKED: {code}. {RefusalCodes.Explain(code)}");
        if (Caller.Evidence is { } evidence) Application.Terminal.Note($"This process was recognised as an agent ({evidence}).");
        return ExitCodes.Refused;
    }
}
