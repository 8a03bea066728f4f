using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

using Autopilot.Core.Redaction;
using Autopilot.Core.Trajectories;

namespace Autopilot.Engine.Recording;

/// <summary>Puts the one redaction funnel before the record.</summary>
public sealed class SecretRedactor : IRecordRedactor
{
    private readonly Lazy<Redactor> funnel;

    public SecretRedactor(Redactor redactor) => funnel = new Lazy<Redactor>(redactor);

    private SecretRedactor(Func<Redactor> make)
    {
        funnel = new Lazy<Redactor>(make);
        // Its rules take milliseconds to set up: on another thread, while this one goes on with what needs no redaction yet.
        _ = Task.Run(() => funnel.Value);
    }

    /// <summary>A redactor that also knows the values of the variables whose names look secret.</summary>
    /// <param name="variables">The environment.</param>
    /// <param name="known">Further values, whatever their variables are named: the credentials of agents and models.</param>
    public static SecretRedactor FromEnvironment(IEnumerable<KeyValuePair<string, string>> variables, IEnumerable<string>? known = null) => new(() => Redactor.FromEnvironment(variables, known));

    public string Redact(string text) => funnel.Value.Redact(text);

    /// <summary>A JSON text without secrets, which is JSON again; what is not JSON is treated as text.</summary>
    public string RedactJson(string json)
    {
        var after = new ArrayBufferWriter<byte>(json.Length + 64);
        funnel.Value.RedactJson(Encoding.UTF8.GetBytes(json), after);
        return Encoding.UTF8.GetString(after.WrittenSpan);
    }

    public JsonElement Redact(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False) return json;
        var before = JsonMarshal.GetRawUtf8Value(json);
        var after = new ArrayBufferWriter<byte>(before.Length + 64);
        funnel.Value.RedactJson(before, after);
        if (before.SequenceEqual(after.WrittenSpan)) return json;
        using var document = JsonDocument.Parse(after.WrittenMemory);
        return document.RootElement.Clone();
    }
}
