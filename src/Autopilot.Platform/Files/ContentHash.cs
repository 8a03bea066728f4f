using System.Buffers;
using System.Security.Cryptography;

namespace Autopilot.Platform.Files;

/// <summary>Hashes of what is in files, fast also for thousands of small ones.</summary>
public static class ContentHash
{
    private const int Piece = 64 * 1024;

    /// <summary>SHA-256, as lower-case hexadecimal digits.</summary>
    /// <returns>Null when the file may not be read.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? Of(string path)
    {
        using var file = Posix.TryOpenUnlocked(path);
        if (file is null) return null;
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var length = RandomAccess.Read(file, buffer, 0);
            if (length == 0 || RandomAccess.Read(file, buffer.AsSpan(length), length) == 0) return Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, length)));
            using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
            stream.Position = 0;
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
