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

    [SkippableFact]
    public void Calls_of_ordinary_programs_are_shown_only_when_all_are()
    {
        Skip.If(!WatchedCall.All.Any(call => call.Number is not null), "No numbers are known here.");
        foreach (var call in WatchedCall.All.Where(call => call.Number is not null))
        {
            Assert.Equal(Shown, Decide(rareOnly: false, call.Name));
            if (Ordinary.Contains(call.Name)) Assert.Equal(Let, Decide(rareOnly: true, call.Name, 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF));
            else if (call.Kind == WatchedKind.Forbidden) Assert.Equal(Shown, Decide(rareOnly: true, call.Name));
        }
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
    public void A_call_that_is_rare_by_its_arguments_is_shown_by_them(string name, uint first, uint third, uint decision)
    {
        Skip.If(!WatchedCall.All.Any(call => call.Number is not null), "No numbers are known here.");
        Assert.Equal(decision, Decide(rareOnly: true, name, first, 0, third));
    }

    [Fact]
    public void What_has_no_number_here_passes() => Assert.Equal(Let, Run(CallFilter.Program(rareOnly: false, User), new Dictionary<uint, uint> { [0] = 100_000 }));

    private static uint Decide(bool rareOnly, string name, params uint[] arguments)
    {
        var program = CallFilter.Program(rareOnly, User);
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
