using System.Text.Json.Serialization;
using Autopilot.Workflows.Missions;
using Autopilot.Workflows.Missions.Pushing;

namespace Autopilot.Commands.Missions;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MissionReport))]
[JsonSerializable(typeof(PushReport))]
[JsonSerializable(typeof(MissionListItem[]))]
[JsonSerializable(typeof(MissionHistoryItem[]))]
[JsonSerializable(typeof(PlannedItem[]))]
internal sealed partial class MissionReportJson : JsonSerializerContext;
