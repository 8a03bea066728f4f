using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Autopilot.Platform.Processes.Native;

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
    /// <param name="unset">Variables that only it needs.</param>
    /// <param name="program">What it becomes.</param>
    internal static IEnumerable<string> Arguments(IEnumerable<int> ports, IEnumerable<string> unset, IEnumerable<string> program) =>
        [Word, BubblewrapArguments.DoorFile, string.Join(',', ports.Select(port => port.ToString(CultureInfo.InvariantCulture))), string.Join(',', unset), .. program];

    /// <summary>Returns only when it failed, with the exit code.</summary>
    /// <param name="arguments">The command line after <see cref="Word"/>: door, ports, variables to unset, program and its arguments.</param>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        try
        {
            HandOut(arguments[0], arguments[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(port => int.Parse(port, CultureInfo.InvariantCulture)));
            foreach (var name in arguments[2].Split(',', StringSplitOptions.RemoveEmptyEntries)) Environment.SetEnvironmentVariable(name, null);
            return Become(arguments[3..].ToArray());
        }
        catch (Exception error) when (error is SocketException or Win32Exception)
        {
            Console.Error.WriteLine($"The sandbox cannot be entered: {error.Message}");
            return 126;
        }
    }

    private static void HandOut(string door, IEnumerable<int> ports)
    {
        var listeners = ports.Select(Listen).ToList();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(door));
        DescriptorPassing.Send((int)socket.Handle, [.. listeners.Select(listener => (int)listener.Handle)]);
        foreach (var listener in listeners) listener.Dispose();
    }

    private static Socket Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(Backlog);
        return listener;
    }

    private static unsafe int Become(string[] command)
    {
        using var path = new NativeStrings(command[..1]);
        using var words = new NativeStrings(command);
        using var environment = new NativeStrings(Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(e => $"{e.Key}={e.Value}"));
        LibC.SetSignal(BrokenPipe, 0); // the runtime ignores it, and that would be inherited
        LibC.Execute(path.Pointer[0], words.Pointer, environment.Pointer);
        throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{command[0]} cannot be executed ({Marshal.GetLastPInvokeErrorMessage()}).");
    }
}
