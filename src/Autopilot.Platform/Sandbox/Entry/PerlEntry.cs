using System.Globalization;
using System.Runtime.InteropServices;
using Autopilot.Platform.Sandbox.Watch;

namespace Autopilot.Platform.Sandbox;

/// <summary>
/// What <see cref="SandboxEntry"/> does where calls are looked at and nothing is listened on, in an interpreter that is
/// nearly everywhere where git is: it begins in a millisecond or two, a program of this runtime in twenty or thirty.
/// </summary>
internal static class PerlEntry
{
    // Once it is under the filter it makes no call that is looked at, for out there nobody does yet. The descriptors close with exec.
    private const string Script = """
        my ($door, $seccomp, $sendmsg, $filter) = splice @ARGV, 0, 4;
        my $code = pack 'H*', $filter;
        my $program = pack 'S x6 P', length($code) / 8, $code;
        my $met = socket(DOOR, 1, 1, 0) && connect DOOR, pack 'S Z108', 1, $door;
        my $watch = syscall $seccomp + 0, 1, 40, $program;
        $watch = syscall $seccomp + 0, 1, 8, $program if $watch < 0;
        my ($mark, $rights) = ("\1", pack 'Q l l l x4', 20, 1, 1, $watch);
        my $part = pack 'P Q', $mark, 1;
        my $message = pack 'Q Q P Q P Q Q', 0, 0, $part, 1, $rights, $watch < 0 ? 0 : length $rights, 0;
        unless ($met && syscall($sendmsg + 0, fileno DOOR, $message, 0x4000) > 0) {
          print STDERR "The sandbox cannot be entered: $!\n";
          exit 126;
        }
        delete $ENV{PERL_BADLANG};
        exec { $ARGV[0] } @ARGV;
        print STDERR "$ARGV[0] cannot be executed: $!\n";
        exit 126;
        """;

    // Without it the interpreter complains of a language that the machine does not have, in the agent's name.
    private const string Quiet = "PERL_BADLANG";

    // With these the interpreter does more than it is told here, or the program would miss what only it needs.
    private static readonly string[] Bending = ["PERL5OPT", "PERL5DB", Quiet];
    private static readonly string? Found = new[] { "/usr/bin/perl", "/bin/perl" }.FirstOrDefault(File.Exists);

    private static int SendMessageNumber => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 211 : 46;

    /// <summary>The command line that enters a sandbox and becomes the program; null where it takes <see cref="SandboxEntry"/>.</summary>
    /// <param name="environment">Gets what the interpreter needs, which the program does not see.</param>
    public static IEnumerable<string>? Arguments(SandboxDoor door, Dictionary<string, string> environment, IEnumerable<string> command)
    {
        if (Found is null || Bending.Any(environment.ContainsKey) || door.Filter.Length == 0 || door.Ports.Count > 0) return null;
        environment[Quiet] = "0";
        return [Found, "-f", "-e", Script, "--", BubblewrapArguments.DoorFile, Text(CallFilter.SeccompNumber), Text(SendMessageNumber), CallFilter.Text(door.Filter), .. command];
    }

    private static string Text(nint number) => number.ToString(CultureInfo.InvariantCulture);
}
