using System.Buffers;
using System.Text;

using Autopilot.Core;
using Autopilot.Core.Agents;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Projections;
using Autopilot.Platform.Locks;

namespace Autopilot.Engine.Recording;

/// <summary>
/// Records a session while it runs: every event is redacted, appended to the record and handed to the operating system before
/// the next one is taken, so that a killed process leaves a valid prefix; events that came together may be written together
/// (<see cref="Gather"/>). Beside the record the text form grows, for who wants to follow.
/// </summary>
/// <remarks>May be called from several threads. What is in the files is never changed; a record is only ever continued, and by one recorder at a time.</remarks>
public sealed class TrajectoryRecorder : IDisposable
{
    /// <summary>No more is gathered than this, in bytes.</summary>
    private const int MostGathered = 1024 * 1024;

    private readonly Lock gate = new();
    private readonly TrajectoryWriter writer = new();
    private readonly RlogStream rlog = new();
    private readonly SessionRedaction redaction;
    private readonly TimeProvider clock;
    private readonly FileStream record;
    private readonly FileStream text;
    private readonly ArrayBufferWriter<byte> gatheredRecord = new();
    private readonly ArrayBufferWriter<byte> gatheredText = new();
    private bool gathers;
    private long sequence;

    private TrajectoryRecorder(string path, FileMode mode, IRecordRedactor redactor, TimeProvider clock)
    {
        (Path, redaction, this.clock) = (path, new SessionRedaction(redactor), clock);
        record = Open(path, mode);
        try
        {
            if (!SoleWriter.TryClaim(record.SafeFileHandle)) throw Taken(path);
            text = Open(TextPathOf(path), mode == FileMode.CreateNew ? FileMode.CreateNew : FileMode.Append);
        }
        catch
        {
            record.Dispose();
            throw;
        }
    }

    /// <summary>The record: <c>*.jsonl</c>.</summary>
    public string Path { get; }

    /// <summary>The text form beside it: <c>*.rlog</c>.</summary>
    public string TextPath => TextPathOf(Path);

    /// <summary>Begins a record.</summary>
    /// <param name="path">Must not exist: no recording is ever overwritten. Its folder must exist.</param>
    /// <exception cref="UserErrorException">The file exists or cannot be written.</exception>
    public static TrajectoryRecorder Create(string path, TrajectoryHeader header, IRecordRedactor redactor, TimeProvider clock)
    {
        var recorder = new TrajectoryRecorder(path, FileMode.CreateNew, redactor, clock);
        recorder.Append(header);
        return recorder;
    }

    /// <summary>Continues the record of an earlier process.</summary>
    /// <param name="sessionId">The agent's session that is continued; null when a fresh one starts.</param>
    /// <param name="prompt">What the agent is told now.</param>
    /// <param name="other">The agent that goes on in place of the one before, and the model it is to use; null when it is the same one.</param>
    /// <exception cref="UserErrorException">There is no such record, it is no record of ours, or another recorder writes it.</exception>
    public static TrajectoryRecorder Resume(string path, string? sessionId, string? prompt, IRecordRedactor redactor, TimeProvider clock, (string Agent, string? Model)? other = null)
    {
        var recorder = new TrajectoryRecorder(path, FileMode.Open, redactor, clock);
        try
        {
            recorder.GoToEnd();
            recorder.Append(new ResumeMarker(++recorder.sequence, clock.GetUtcNow(), sessionId, prompt) { Agent = other?.Agent, Model = other?.Model });
            return recorder;
        }
        catch
        {
            recorder.Close();
            throw;
        }
    }

    /// <summary>Records one event at the clock's time.</summary>
    /// <returns>The event as it was recorded: as it may be shown, too.</returns>
    public AgentEvent Record(AgentEvent value)
    {
        lock (gate) return ((RecordedEvent)Append(new RecordedEvent(++sequence, clock.GetUtcNow(), value))).Event;
    }

    /// <summary>True: more events follow at once, and may be written together with those. False: all that came is written, and each that comes, before the call returns.</summary>
    /// <exception cref="UserErrorException">It cannot be written.</exception>
    public void Gather(bool moreFollow)
    {
        lock (gate)
        {
            gathers = moreFollow;
            if (!moreFollow) Write();
        }
    }

    /// <summary>Writes the closing line. The record may be continued after it.</summary>
    public void End(AgentOutcome outcome)
    {
        Gather(false);
        lock (gate) Append(new TrajectoryEnd(++sequence, clock.GetUtcNow(), outcome));
    }

    public void Dispose()
    {
        try
        {
            Gather(false);
        }
        finally
        {
            Close();
        }
    }

    private void Close()
    {
        record.Dispose();
        text.Dispose();
        writer.Dispose();
    }

    private void GoToEnd()
    {
        (sequence, var torn) = TrajectoryFile.LastSequence(Path);
        record.Seek(0, SeekOrigin.End);
        // The torn line of a killed process stays as it is, on a line of its own.
        if (torn) record.Write("\n"u8);
    }

    /// <returns>What was written of it.</returns>
    private TrajectoryEntry Append(TrajectoryEntry entry)
    {
        var safe = redaction.Next(entry);
        var line = writer.Encode(safe).Span;
        var textLine = Encoding.UTF8.GetBytes(rlog.Next(safe) ?? "");
        if (gathers && gatheredRecord.WrittenCount + line.Length <= MostGathered)
        {
            gatheredRecord.Write(line);
            gatheredText.Write(textLine);
            return safe;
        }

        Write();
        Write(line, textLine);
        return safe;
    }

    private void Write()
    {
        if (gatheredRecord.WrittenCount == 0) return;
        try
        {
            Write(gatheredRecord.WrittenSpan, gatheredText.WrittenSpan);
        }
        finally
        {
            gatheredRecord.ResetWrittenCount();
            gatheredText.ResetWrittenCount();
        }
    }

    private void Write(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> textLines)
    {
        try
        {
            record.Write(lines);
            if (!textLines.IsEmpty) text.Write(textLines);
        }
        catch (IOException e)
        {
            // Of what did not fit nothing stays, so that the next line begins where it should.
            record.SetLength(record.Position);
            throw new UserErrorException($"The recording {Path} cannot be continued: {e.Message} Everything recorded before is intact.", ExitCodes.Failed, e);
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        try
        {
            // Without a buffer, each line is one write to the operating system.
            return new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = mode == FileMode.CreateNew && File.Exists(path) ? "it exists, and no recording is ever overwritten" : e.Message.TrimEnd('.');
            throw new UserErrorException($"The recording {path} cannot be written: {reason}.", inner: e);
        }
    }

    private static UserErrorException Taken(string path) => new(
        $"The recording {path} is being written by another process. Wait for it, or stop it; see 'autopilot session list'.", ExitCodes.Blocked);

    internal static string TextPathOf(string path) => System.IO.Path.ChangeExtension(path, ".rlog");
}
