using System.Text.Json;
using Autopilot.Core;

namespace Autopilot.Commands.Governor.Audit;

/// <summary>CRASH_RECOVERY: writers are killed in the middle of real writes, and nothing that they said was durable is lost.</summary>
internal sealed class CrashInvariant(AuditPlace place, int kills)
{
    // More than the machine has cores: a writer spends most of its life waiting for its start and for the disk.
    private const int Lanes = 8;

    // A writer dies long before it has written so many.
    private const string Endless = "100000";

    /// <summary>Lanes kill side by side, each on a journal of its own; the next writer of a lane begins with what the one before it left.</summary>
    public async Task<string> Prove(CancellationToken cancellation)
    {
        var told = await Task.WhenAll(Enumerable.Range(0, Math.Min(Lanes, kills)).Select(lane => Task.Run(() => KillAll(lane, cancellation), cancellation)));
        return $"{kills} writers killed in the middle of {told.Sum()} acknowledged transitions; none lost, every journal verifies";
    }

    private async Task<int> KillAll(int lane, CancellationToken cancellation)
    {
        using var own = place.Another();
        var told = new List<string>();
        for (var kill = lane; kill < kills; kill += Lanes) told.AddRange(await KillOne(own, 1 + (kill % 17), cancellation));
        // The program verifies the whole chain before it answers, and puts aside what does not verify.
        await own.Expect(ExitCodes.Done, cancellation, "status", "--json");
        if (Directory.GetFiles(own.Home.Path, "*.quarantine-*").Length > 0) throw new AuditFailure("a kill damaged the journal");
        var recorded = File.ReadLines(own.Home.Journal).Select(Reason).ToHashSet(StringComparer.Ordinal);
        var lost = told.Count(reason => !recorded.Contains(reason));
        if (told.Count == 0) throw new AuditFailure("nothing was written");
        return lost == 0 ? told.Count : throw new AuditFailure($"{lost} of {told.Count} acknowledged transitions are not on record");
    }

    /// <returns>What the writer said was durable.</returns>
    private static async Task<IReadOnlyList<string>> KillOne(AuditPlace own, int afterLines, CancellationToken cancellation)
    {
        using var writer = own.Start(AuditWriter.Word, Endless);
        var told = new List<string>();
        while (told.Count < afterLines && await writer.ReadLine(cancellation) is { } line) told.Add(line);
        writer.Kill();
        var (_, rest) = await writer.Finish(cancellation);
        // A line without its end was cut by the kill: nothing was promised.
        told.AddRange(rest.Split('\n')[..^1]);
        return told;
    }

    private static string Reason(string line)
    {
        using var entry = JsonDocument.Parse(line);
        return entry.RootElement.GetProperty("reason").GetString()!;
    }
}
