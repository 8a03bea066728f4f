using System.Net.Sockets;

namespace Autopilot.Platform.Sandbox.Network;

/// <summary>Carries bytes between two connections until both directions are over.</summary>
internal static class Relay
{
    public static Task Run(Socket a, Socket b, CancellationToken cancellation) => Task.WhenAll(Copy(a, b, cancellation), Copy(b, a, cancellation));

    private static async Task Copy(Socket from, Socket to, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, cancellation)) > 0) await Send(to, buffer.AsMemory(0, read), cancellation);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // One side broke off: for the other one it ends as well, as it would without us between them.
            from.Dispose();
            to.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // The other direction has ended both.
        }
    }

    public static async ValueTask Send(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0) bytes = bytes[await to.SendAsync(bytes, cancellation)..];
    }
}
