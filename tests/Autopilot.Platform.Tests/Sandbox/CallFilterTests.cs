using Autopilot.Platform.Sandbox;
using Autopilot.Platform.Sandbox.Watch;

namespace Autopilot.Platform.Tests.Sandbox;

/// <summary>The programs of the filter, run as the kernel runs them.</summary>
public sealed class CallFilterTests
{
    private const uint User = 1000, Shown = 0x7fc00000, Let = 0x7fff0000;

    private static readonly string[] Ordinary =
    [
        "open", "openat", "openat2", "creat", "truncate", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat",
        "symlink", "symlinkat", "chmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchownat", "kill", "connect", "prlimit64",
    ];

    // What makes any call a telling one: a namespace, another user, a device, a file to be written, a signal, a limit.
    private static readonly uint[] Telling = [0x1000_0000, 1, 0x6000, 1, 1, 1];

    [SkippableFact]
    public void Calls_of_ordinary_programs_are_not_shown_where_only_rare_ones_are()
    {
        Skip.If(!WatchedCall.All.Any(call => call.Number is not null), "No numbers are known here.");
        foreach (var call in WatchedCall.All.Where(call => call.Number is not null))
        {
            if (call.Kind is not (WatchedKind.Owner or WatchedKind.Limit)) Assert.Equal(Shown, Decide(SandboxWatch.All, call.Name, Telling));
            if (Ordinary.Contains(call.Name)) Assert.Equal(Let, Decide(SandboxWatch.Rare, call.Name, User, User, User, User));
            else if (call.Kind == WatchedKind.Forbidden) Assert.Equal(Shown, Decide(SandboxWatch.Rare, call.Name));
        }
    }

    [SkippableTheory]
    [InlineData("openat", 0x80000u, Let)] // to read
    [InlineData("openat", 0x90800u, Let)] // a folder, to list it
    [InlineData("openat", 0x80001u, Shown)] // to write
    [InlineData("openat", 0x80002u, Shown)]
    [InlineData("openat", 0x40u, Shown)] // to create
    [InlineData("openat", 0x200u, Shown)] // to cut
    [InlineData("unlinkat", 0u, Shown)]
    [InlineData("clone", 0u, Let)] // fork
    public void Of_opened_files_those_to_be_written_are_shown_by_default(string name, uint third, uint decision)
    {
        Skip.If(!WatchedCall.All.Any(call => call.Number is not null), "No numbers are known here.");
        Assert.Equal(decision, Decide(SandboxWatch.Changes, name, 0, 0, third));
    }

    [SkippableFact]
    public void Connections_are_shown_where_the_network_is_limited_or_all_is_shown()
    {
        Skip.If(!WatchedCall.All.Any(call => call.Number is not null), "No numbers are known here.");
        foreach (var (watch, limited, decision) in new[] { (SandboxWatch.Changes, false, Let), (SandboxWatch.Changes, true, Shown), (SandboxWatch.All, false, Shown) })
            Assert.Equal(decision, Decide(CallFilter.Program(watch, User, limited), "connect"));
    }

    [Fact]
    public void It_goes_through_a_command_line()
    {
        var program = CallFilter.Program(SandboxWatch.Changes, User, showsConnections: true);
        Assert.Equal(program, CallFilter.Parse(CallFilter.Text(program)));
        Assert.Empty(CallFilter.Parse(CallFilter.Text([])));
    }

    [SkippableTheory]
    [InlineData("clone", 0x01200011u, 0u, Let)] // fork
    [InlineData("clone", 0x003D0F00u, 0u, Let)] // a thread
    [InlineData("clone", 0x00004111u, 0u, Let)] // vfork
    [InlineData("clone", 0x10000011u, 0u, Shown)]
    [InlineData("unshare", 0x10000000u, 0u, Shown)]
    [InlineData("unshare", 0x00000400u, 0u, Let)]
    [InlineData("mknodat", 0u, 0x11A4u, Let)] // a pipe with a name
    [InlineData("mknodat", 0u, 0x61A4u, Shown)]
    [InlineData("mknodat", 0u, 0x21A4u, Shown)]
    [InlineData("setuid", User, 0u, Let)]
    [InlineData("setresuid", 0xFFFFFFFFu, 0u, Let)]
    [InlineData("setuid", 0u, 0u, Shown)]
    [InlineData("chown", 0u, 0u, Shown)] // by its second argument, which is 0 here
    public void A_call_that_is_rare_by_its_arguments_is_shown_by_them(string name, uint first, uint third, uint decision)
    {
        Skip.If(!WatchedCall.All.Any(call => call.Number is not null), "No numbers are known here.");
        Assert.Equal(decision, Decide(SandboxWatch.Rare, name, first, 0, third));
    }

    [Fact]
    public void What_has_no_number_here_passes() => Assert.Equal(Let, Run(CallFilter.Program(SandboxWatch.All, User, showsConnections: true), new Dictionary<uint, uint> { [0] = 100_000 }));

    private static uint Decide(SandboxWatch watch, string name, params uint[] arguments) => Decide(CallFilter.Program(watch, User, showsConnections: true), name, arguments);

    private static uint Decide(ulong[] program, string name, params uint[] arguments)
    {
        var data = arguments.Index().ToDictionary(argument => 16 + (8 * (uint)argument.Index), argument => argument.Item);
        if (WatchedCall.All.First(call => call.Name == name).Number is not { } number) throw new ArgumentException("There is no such call here.", nameof(name));
        data[0] = (uint)number;
        data[4] = (uint)(program[1] >> 32); // this architecture
        return Run(program, data);
    }

    private static uint Run(ulong[] program, Dictionary<uint, uint> data)
    {
        uint accumulator = 0;
        for (var at = 0; ; at++)
        {
            var (code, ifTrue, ifFalse, value) = ((ushort)program[at], (int)(program[at] >> 16) & 0xff, (int)(program[at] >> 24) & 0xff, (uint)(program[at] >> 32));
            switch (code)
            {
                case 0x20: accumulator = data.GetValueOrDefault(value); break;
                case 0x15: at += accumulator == value ? ifTrue : ifFalse; break;
                case 0x45: at += (accumulator & value) != 0 ? ifTrue : ifFalse; break;
                case 0x06: return value;
                default: throw new InvalidOperationException($"an unknown instruction {code:x}");
            }
        }
    }
}
