using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Autopilot.Platform.Sandbox.Watch;

/// <summary>Reads what a waiting call is about from the memory and the folders of its process.</summary>
internal sealed class CallReading(CallJudge judge)
{
    private const int WorkingFolder = -100;
    private const int Unix = 1, Inet = 2, Inet6 = 10;
    private static readonly ILookup<int, WatchedCall> calls = WatchedCall.All.Where(call => call.Number is not null).ToLookup(call => call.Number!.Value);

    /// <summary>What the call asks for and will not get, in words; null when the sandbox allows it.</summary>
    public unsafe string? Refusal(in CallNotice notice)
    {
        foreach (var call in calls[notice.Number])
        {
            var argument = notice.Arguments[call.Path];
            var next = call.Path < 5 ? notice.Arguments[call.Path + 1] : 0;
            var why = call.Kind switch
            {
                WatchedKind.Open => Open(notice, call, (long)next),
                WatchedKind.OpenHow => Open(notice, call, How(notice.Process, next)),
                WatchedKind.Change => Path(notice, call) is { } path ? judge.Change(path) : null,
                WatchedKind.Owner => Path(notice, call) is { } path ? judge.Change(path) ?? Identity(notice.Process, (uint)next) : null,
                WatchedKind.Link => Path(notice, call) is { } path ? judge.Read(path) ?? judge.Change(path) : null,
                WatchedKind.Device => Path(notice, call) is { } path ? judge.Change(path) ?? CallJudge.Device(path, (uint)next) : null,
                WatchedKind.Forbidden => "is never allowed",
                WatchedKind.Namespace => CallJudge.Namespace(argument),
                WatchedKind.Identity => Identity(notice.Process, (uint)argument),
                WatchedKind.Signal => Signal(notice.Process, (int)argument, (int)next),
                WatchedKind.Connect => Connect(notice.Process, notice.Arguments[1], notice.Arguments[2]),
                WatchedKind.Limit => Limit(notice),
                _ => null,
            };
            if (why is not null) return $"{call.Name}: {why}";
        }

        return null;
    }

    private unsafe string? Open(in CallNotice notice, WatchedCall call, long flags) =>
        Path(notice, call) is { } path ? CallJudge.Writes(flags) ? judge.Change(path) ?? judge.Read(path) : judge.Read(path) : null;

    private static long How(int process, ulong address) => ProcessMemory.Read(process, address, 8) is { Length: 8 } how ? BinaryPrimitives.ReadInt64LittleEndian(how) : 0;

    private static unsafe string? Path(in CallNotice notice, WatchedCall call)
    {
        if (ProcessMemory.Text(notice.Process, notice.Arguments[call.Path]) is not { Length: > 0 } text) return null;
        if (text[0] == '/') return Links.Resolve(notice.Process, text, !call.TakesLinks);
        var folder = call.Folder is { } at && (int)notice.Arguments[at] is var descriptor and not WorkingFolder ? $"/proc/{notice.Process}/fd/{descriptor}" : $"/proc/{notice.Process}/cwd";
        return Links.Target(folder) is { } start && start.StartsWith('/') ? Links.Resolve(notice.Process, start.TrimEnd('/') + "/" + text, !call.TakesLinks) : null;
    }

    private static string? Identity(int process, uint wanted) => Links.Owner(process) is { } owner && wanted != uint.MaxValue && wanted != owner ? $"to become {wanted}, or to give something to it" : null;

    // The number is one of the sandbox's own process namespace: what is not there is another's, or has ended.
    private static string? Signal(int process, int target, int signal) =>
        signal != 0 && target > 0 && !Directory.Exists($"/proc/{process}/root/proc/{target}") ? $"signal {signal} to process {target}, which is not in the sandbox" : null;

    private string? Connect(int process, ulong address, ulong length)
    {
        if (ProcessMemory.Read(process, address, (int)Math.Min(length, 128)) is not { Length: >= 4 } bytes) return null;
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes) switch
        {
            Unix => judge.ConnectToSocket(Encoding.UTF8.GetString(bytes.AsSpan(2)).TrimEnd('\0')),
            Inet when bytes.Length >= 8 => judge.Connect(new IPAddress(bytes.AsSpan(4, 4)), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2))),
            Inet6 when bytes.Length >= 24 => judge.Connect(new IPAddress(bytes.AsSpan(8, 16)), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2))),
            _ => null,
        };
    }

    private unsafe string? Limit(in CallNotice notice) =>
        notice.Arguments[2] != 0 && ProcessMemory.Read(notice.Process, notice.Arguments[2], 16) is { Length: 16 } wanted
            ? judge.Limit((int)notice.Arguments[1], BinaryPrimitives.ReadUInt64LittleEndian(wanted))
            : null;
}
