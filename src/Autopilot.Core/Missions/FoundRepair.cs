using Autopilot.Core.Merging;

namespace Autopilot.Core.Missions;

/// <summary>A repair of the red base that passed verification and has not landed.</summary>
/// <param name="Number">The try, from 1.</param>
public sealed record FoundRepair(int Number, string Commit, ChangeSize Size);
