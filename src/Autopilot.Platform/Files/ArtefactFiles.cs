using System.Security.Cryptography;
using System.Text;

namespace Autopilot.Platform.Files;

/// <summary>Files named by the hash of their content: writing twice is writing once, and what is read back is what was written.</summary>
/// <param name="folder">Created on first use.</param>
public sealed class ArtefactFiles(string folder)
{
    /// <summary>Where the content of an artefact is.</summary>
    public string PathOf(Artefact artefact) => Path.Combine(folder, artefact.Hash[..2], artefact.Hash[2..]);

    /// <summary>Stores content durably. It must have passed redaction.</summary>
    public Artefact Put(string text)
    {
        using var batch = new AtomicBatch();
        var artefact = Put(text, batch);
        batch.Complete();
        return artefact;
    }

    /// <inheritdoc cref="Put(ReadOnlySpan{byte}, AtomicBatch)"/>
    public Artefact Put(string text, AtomicBatch batch) => Put(Encoding.UTF8.GetBytes(text), batch);

    /// <summary>Stores content; it is durable once the batch is complete. It must have passed redaction.</summary>
    public Artefact Put(ReadOnlySpan<byte> content, AtomicBatch batch)
    {
        var artefact = new Artefact(Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);
        var path = PathOf(artefact);
        if (!File.Exists(path) && !batch.Has(path)) batch.Add(path, content);
        return artefact;
    }

    /// <summary>The content, checked against its hash.</summary>
    /// <exception cref="FileNotFoundException">It was removed.</exception>
    /// <exception cref="InvalidDataException">It was changed.</exception>
    public byte[] Read(Artefact artefact)
    {
        var content = File.ReadAllBytes(PathOf(artefact));
        if (Convert.ToHexStringLower(SHA256.HashData(content)) != artefact.Hash)
            throw new InvalidDataException($"{PathOf(artefact)} was changed after it was written: its content no longer has its hash.");
        return content;
    }

    public string ReadText(Artefact artefact) => Encoding.UTF8.GetString(Read(artefact));
}
