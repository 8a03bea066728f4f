using System.Text.Json.Serialization;
using Autopilot.Core.Missions;
using Autopilot.Core.Planning;
using Autopilot.Workflows.Missions.Effects;

namespace Autopilot.Workflows.Missions;

// Whatever the case: planners are asked for `text`, older journals have `Text`.
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNameCaseInsensitive = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(MissionRequest))]
[JsonSerializable(typeof(MissionReport))]
[JsonSerializable(typeof(MissionSignal))]
[JsonSerializable(typeof(IReadOnlyList<MissionFact>))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(ReviewScores))]
[JsonSerializable(typeof(ObjectiveAnswer))]
[JsonSerializable(typeof(StrategyAnswer))]
[JsonSerializable(typeof(Outlook))]
internal sealed partial class MissionJson : JsonSerializerContext;
