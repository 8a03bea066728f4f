using Autopilot.Core.Agents;
using Autopilot.Core.Missions;
using Autopilot.Core.Missions.Reporting;
using Autopilot.Core.Trajectories;

namespace Autopilot.Rendering.Missions;

/// <summary>Shows a mission as it goes: one line for each fact, which is what was observed.</summary>
internal sealed class MissionView(Terminal terminal, TimeProvider clock, IRecordRedactor redactor)
{
    private readonly Lock gate = new();
    private readonly long began = clock.GetTimestamp();
    private bool live;
    private int replayed;
    private MissionState? past;

    /// <summary>Replay is over. What an earlier process had shown is not shown again, only summed up.</summary>
    public void GoesLive()
    {
        live = true;
        if (past is not { } state) return;
        var open = state.InOrder.Where(u => u.Status is UnitStatus.Working or UnitStatus.Reviewing or UnitStatus.Approving or UnitStatus.Queued).Select(u => u.Id).ToList();
        Show(state, new Telling(Tone.Plain, "resumed", $"{replayed} facts are in the journal{(open.Count > 0 ? $"; under way were {string.Join(", ", open)}" : "")}"));
    }

    /// <summary>Agents' own events are in the recordings, not here.</summary>
    public static void Saw(string key, AgentEvent value) { }

    public void Saw(MissionState state, MissionFact fact)
    {
        if (!live) (past, replayed) = (state, replayed + 1);
        else if (Telling.Of(state, fact) is { } telling) Show(state, telling);
    }

    private void Show(MissionState state, Telling telling)
    {
        lock (gate)
        {
            var landed = state.Units.Values.Count(u => u.Status == UnitStatus.Landed);
            var stamp = $"{Readable.Time(clock.GetElapsedTime(began)),7} {landed}/{state.Units.Count} {Readable.Cost(state.SpentUsd)}";
            terminal.Note($"{terminal.PaintError(Colour.Dim, $"{stamp,-22}")} {terminal.PaintError(ColourOf(telling.Tone), $"{telling.Verb,-10}")} {Readable.Line(redactor.Redact(telling.Text), telling.Tone is Tone.Setback or Tone.Bad ? 400 : 160)}");
        }
    }

    private static Colour ColourOf(Tone tone) => tone switch
    {
        Tone.Good => Colour.Green,
        Tone.Setback => Colour.Yellow,
        Tone.Bad => Colour.Red,
        _ => Colour.Bold,
    };
}
