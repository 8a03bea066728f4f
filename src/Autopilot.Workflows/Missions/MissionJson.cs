using System.Text.Json.Serialization;
using Autopilot.Core.Missions;
using Autopilot.Core.Planning;
using Autopilot.Workflows.Missions.Effects;

namespace Autopilot.Workflows.Missions;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
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
