namespace Autopilot.Platform.Processes;

/// <summary>A process that was started by the supervisor. Disposing it ends it and everything below it.</summary>
public interface ISupervisedProcess : IAsyncDisposable
{
    int Id { get; }

    /// <summary>Resident memory of it and everything below it, in bytes, as last sampled; 0 before that, and where the system does not tell.</summary>
    long Memory => 0;

    /// <summary>Completes when the process has ended, everything below it is gone, and both pipes are drained or given up.</summary>
    Task<ProcessExit> Completion { get; }

    /// <summary>Writes to stdin; only with <see cref="ProcessInput.Pipe"/>.</summary>
    /// <exception cref="IOException">The process has ended or closed it.</exception>
    ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Closes stdin.</summary>
    ValueTask CompleteInput();

    /// <summary>Ends it as a limit or a stop would, and waits until it is gone.</summary>
    Task<ProcessExit> Stop(string reason);
}
