namespace Autopilot.Platform.Files;

/// <summary>What an entry of a folder is.</summary>
public enum FileKind
{
    File,
    Folder,
    Link,

    /// <summary>A pipe, a socket or a device: reading it may never end.</summary>
    Other,
}
