using System.Text.Json.Serialization;
using Autopilot.Core.Loops.Pairs;
using Autopilot.Core.Verification;
using Autopilot.Workflows.Loops.Spaces;

namespace Autopilot.Workflows.Loops;

/// <summary>What the journal of a loop holds, as JSON.</summary>
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
public sealed partial class LoopJson : JsonSerializerContext;
