using System.Text.Json;
using System.Text.Json.Nodes;
using Autopilot.Platform.Journals;

namespace Autopilot.Bench.Governance;

/// <summary>What the journal is compared with: one JSON file with the state and its history, rewritten whole for each transition under flock, with fsync of file and folder.</summary>
internal sealed class RewrittenFile
{
    private readonly string folder;
    private readonly string file;

    public RewrittenFile(string folder, int history)
    {
        this.folder = folder;
        file = Path.Combine(folder, "state.json");
        DurableFolder.Create(folder);
        Save(new JsonObject { ["mode"] = "off", ["history"] = new JsonArray([.. Enumerable.Range(0, history).Select(Entry)]) });
    }

    public void Append()
    {
        using var held = ShortLock.TryTake(Path.Combine(folder, "lock"), ShortLock.Patience)!;
        var state = (JsonObject)JsonNode.Parse(File.ReadAllBytes(file))!;
        var history = (JsonArray)state["history"]!;
        history.Add(Entry(history.Count));
        state["mode"] = history.Count % 2 == 0 ? "off" : "on_permanent";
        Save(state);
    }

    private void Save(JsonObject state)
    {
        var fresh = file + ".tmp";
        using (var stream = new FileStream(fresh, FileMode.Create))
        {
            using (var writer = new Utf8JsonWriter(stream)) state.WriteTo(writer);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, file, overwrite: true);
        DurableFolder.Sync(folder);
    }

    private static JsonObject Entry(int number) => new()
    {
        ["from_mode"] = "off",
        ["to_mode"] = "on_permanent",
        ["actor"] = "user",
        ["reason"] = "bench",
        ["at"] = "2026-01-31T18:00:00Z",
        ["number"] = number,
    };
}
