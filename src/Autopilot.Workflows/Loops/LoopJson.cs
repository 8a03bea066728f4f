using System.Text.Json.Serialization;
using Autopilot.Core.Loops.Pairs;
using Autopilot.Core.Verification;
using Autopilot.Workflows.Loops.Spaces;

namespace Autopilot.Workflows.Loops;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LoopRequest))]
[JsonSerializable(typeof(LoopResult))]
[JsonSerializable(typeof(TurnResult))]
[JsonSerializable(typeof(Landing))]
[JsonSerializable(typeof(MergedPoint))]
[JsonSerializable(typeof(VerificationReport))]
[JsonSerializable(typeof(List<PairDefinition>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class LoopJson : JsonSerializerContext;
