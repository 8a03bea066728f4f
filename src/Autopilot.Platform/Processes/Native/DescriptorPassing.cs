using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Autopilot.Platform.Processes.Native;

/// <summary>Hands open files to another process over a Unix socket (SCM_RIGHTS); 64-bit Linux.</summary>
internal static unsafe class DescriptorPassing
{
    /// <summary>The most in one message.</summary>
    public const int Most = 64;

    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int CloseOnExec = 0x40000000;
    private const int NoSignal = 0x4000;
    private static readonly int HeaderSize = sizeof(nuint) + 2 * sizeof(int);

    /// <exception cref="Win32Exception">The other side is gone.</exception>
    public static void Send(int socket, ReadOnlySpan<int> descriptors)
    {
        if (descriptors.Length > Most) throw new ArgumentException($"At most {Most} in one message.", nameof(descriptors));
        byte mark = 1;
        var length = HeaderSize + descriptors.Length * sizeof(int);
        var control = stackalloc byte[Room(descriptors.Length)];
        *(nuint*)control = (nuint)length;
        ((int*)(control + sizeof(nuint)))[0] = SocketLevel;
        ((int*)(control + sizeof(nuint)))[1] = Rights;
        descriptors.CopyTo(new Span<int>(control + HeaderSize, descriptors.Length));
        var part = new MessagePart { Base = &mark, Length = 1 };
        var message = new MessageHeader { Parts = &part, PartCount = 1, Control = control, ControlLength = (nuint)Room(descriptors.Length) };
        if (LibC.SendMessage(socket, &message, NoSignal) < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>What the other side sent; none when it sent none or is gone.</summary>
    public static int[] Receive(int socket)
    {
        byte mark;
        var control = stackalloc byte[Room(Most)];
        var part = new MessagePart { Base = &mark, Length = 1 };
        var message = new MessageHeader { Parts = &part, PartCount = 1, Control = control, ControlLength = (nuint)Room(Most) };
        if (LibC.ReceiveMessage(socket, &message, CloseOnExec) <= 0 || message.ControlLength < (nuint)HeaderSize) return [];
        var count = (int)(*(nuint*)control - (nuint)HeaderSize) / sizeof(int);
        return new Span<int>(control + HeaderSize, count).ToArray();
    }

    private static int Room(int count) => HeaderSize + (count * sizeof(int) + sizeof(nuint) - 1) / sizeof(nuint) * sizeof(nuint);
}
