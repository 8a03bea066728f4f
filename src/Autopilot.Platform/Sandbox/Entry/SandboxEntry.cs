using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Autopilot.Platform.Processes.Native;
using Autopilot.Platform.Sandbox.Watch;

namespace Autopilot.Platform.Sandbox;

/// <summary>The first program in a sandbox with a door: it opens what only a program inside can open, hands that out, and becomes the agent.</summary>
public static class SandboxEntry
{
    /// <summary>The first word of its command line.</summary>
    public const string Word = "__enter-sandbox";

    private const int BrokenPipe = 13;
    private const int Backlog = 512;

    /// <summary>Its command line.</summary>
    /// <param name="ports">On which it listens.</param>
    /// <param name="filter">What shows its system calls, and those of all that comes of it, to the host; empty for none.</param>
    /// <param name="unset">Variables that only it needs.</param>
    /// <param name="program">What it becomes.</param>
    internal static IEnumerable<string> Arguments(IEnumerable<int> ports, ulong[] filter, IEnumerable<string> unset, IEnumerable<string> program) =>
        [Word, BubblewrapArguments.DoorFile, string.Join(',', ports.Select(port => port.ToString(CultureInfo.InvariantCulture))), CallFilter.Text(filter), string.Join(',', unset), .. program];

    /// <summary>Returns only when it failed, with the exit code.</summary>
    /// <param name="arguments">The command line after <see cref="Word"/>: door, ports, filter, variables to unset, program and its arguments.</param>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        try
        {
            var listeners = Words(arguments[1]).Select(port => Listen(int.Parse(port, CultureInfo.InvariantCulture))).ToList();
            foreach (var name in Words(arguments[3])) Environment.SetEnvironmentVariable(name, null);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(arguments[0]));
            return Become(arguments[4..].ToArray(), CallFilter.Parse(arguments[2]), watch => DescriptorPassing.Send((int)socket.Handle, [.. listeners.Select(listener => (int)listener.Handle), .. watch is { } one ? [one] : Array.Empty<int>()]));
        }
        catch (Exception error) when (error is SocketException or Win32Exception)
        {
            Console.Error.WriteLine($"The sandbox cannot be entered: {error.Message}");
            return 126;
        }
    }

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A thread puts itself under the filter and becomes the program; until its calls are looked at out there it makes none, so another one hands out the way to look.</summary>
    private static int Become(string[] command, ulong[] filter, Action<int?> handOut)
    {
        int? watch = null;
        using var filtered = new ManualResetEventSlim();
        using var handedOut = new ManualResetEventSlim();
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            watch = CallFilter.Install(filter);
            filtered.Set();
            handedOut.Wait();
            failure = Become(command);
        });
        thread.Start();
        filtered.Wait();
        handOut(watch);
        handedOut.Set();
        thread.Join();
        throw failure!;
    }

    private static Socket Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(Backlog);
        return listener;
    }

    private static unsafe Win32Exception Become(string[] command)
    {
        using var path = new NativeStrings(command[..1]);
        using var words = new NativeStrings(command);
        using var environment = new NativeStrings(Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(e => $"{e.Key}={e.Value}"));
        LibC.SetSignal(BrokenPipe, 0); // the runtime ignores it, and that would be inherited
        LibC.Execute(path.Pointer[0], words.Pointer, environment.Pointer);
        return new Win32Exception(Marshal.GetLastPInvokeError(), $"{command[0]} cannot be executed ({Marshal.GetLastPInvokeErrorMessage()}).");
    }
}
