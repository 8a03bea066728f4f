using System.Buffers;
using System.Text.Json;

namespace Autopilot.Core.Redaction;

/// <summary>Masks the values of sensitive keys in JSON, found with a parser, and copies all other bytes as they are.</summary>
internal static class JsonSecrets
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 512 };

    /// <returns>Whether there was any.</returns>
    public static bool Mask(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var (values, valid) = SensitiveValues(json);
        var written = 0;
        foreach (var (start, length) in valid ? values : [])
        {
            output.Write(json[written..start]);
            output.Write(Redaction.Mask.QuotedUtf8);
            written = start + length;
        }

        output.Write(json[written..]);
        return written > 0;
    }

    private static (List<(int Start, int Length)> Values, bool Valid) SensitiveValues(ReadOnlySpan<byte> json)
    {
        var values = new List<(int, int)>();
        var reader = new Utf8JsonReader(json, Lenient);
        var inSensitiveList = new Stack<bool>();
        var isSensitive = false;
        var mayBeDirectory = false;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        (isSensitive, mayBeDirectory) = Judge(reader);
                        continue;
                    case JsonTokenType.StartArray:
                        inSensitiveList.Push(isSensitive);
                        continue;
                    case JsonTokenType.StartObject:
                        inSensitiveList.Push(false);
                        break;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        inSensitiveList.Pop();
                        break;
                    case JsonTokenType.Number or JsonTokenType.String when isSensitive && !IsHarmless(reader, mayBeDirectory):
                        values.Add(((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex)));
                        break;
                }

                isSensitive = inSensitiveList.TryPeek(out var inherited) && inherited;
            }
        }
        catch (JsonException)
        {
            return (values, false);
        }

        return (values, true);
    }

    /// <summary>A key that is no text, with half a surrogate pair or invalid UTF-8, says nothing of its value: that counts as sensitive.</summary>
    private static (bool IsSensitive, bool MayBeDirectory) Judge(in Utf8JsonReader reader)
    {
        try
        {
            var key = reader.GetString()!;
            return (SensitiveName.IsSensitive(key), key.EndsWith("pwd", StringComparison.OrdinalIgnoreCase));
        }
        catch (InvalidOperationException)
        {
            return (true, false);
        }
    }

    private static bool IsHarmless(in Utf8JsonReader reader, bool mayBeDirectory) => reader.TokenType == JsonTokenType.String
        && (reader.ValueSpan.IsEmpty || reader.ValueSpan.SequenceEqual(Redaction.Mask.Utf8) || (mayBeDirectory && reader.ValueSpan[0] is (byte)'/' or (byte)'~'));
}
