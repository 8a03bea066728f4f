using Autopilot.Composition;

namespace Autopilot.Commands;

/// <summary>Tells of what nobody foresaw where no command can catch it: on a thread of its own, or in a task that nobody waited for.</summary>
internal sealed class BackgroundErrors : IDisposable
{
    private readonly IReadOnlyList<string> args;
    private readonly Application application;
    private readonly Action<int> end;

    /// <param name="args">The command line.</param>
    /// <param name="application">The program.</param>
    /// <param name="end">Ends the process with an exit code: after an error on a thread it could not go on anyway.</param>
    public BackgroundErrors(IReadOnlyList<string> args, Application application, Action<int> end)
    {
        (this.args, this.application, this.end) = (args, application, end);
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
    }

    internal void OnUnhandled(object? sender, UnhandledExceptionEventArgs happened)
    {
        if (happened.ExceptionObject is Exception error) end(UnexpectedError.Report(error, args, application));
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs happened)
    {
        happened.SetObserved();
        foreach (var error in happened.Exception.Flatten().InnerExceptions.Where(e => e is not OperationCanceledException)) UnexpectedError.Report(error, args, application);
    }
}
