using Autopilot.Core.Redaction.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Autopilot.Core.Tests.Redaction;

public class ByteSetTests
{
    /// <summary>Few values, so that runs of every length come up.</summary>
    private static readonly Gen<byte> Bytes = Gen.Elements("aaaaaaaaaaaaaaab \0\u007f\u00ff"u8.ToArray());

    [Fact]
    public void A_run_is_as_long_as_one_byte_after_the_other_says() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(
                (from members in Bytes.ListOf() from text in Bytes.ListOf(60) from run in Gen.Choose(0, 60) select (members, text: Prefixed(members, run, text))).ToArbitrary(),
                input => new ByteSet([.. input.members]).RunLength(input.text) == input.text.TakeWhile(input.members.Contains).Count()));

    [Fact]
    public void It_holds_its_members_only()
    {
        var set = new ByteSet("a\u00ff"u8);
        Assert.Equal([.. "a\u00ff"u8.ToArray().Select(b => (int)b).Order()], Enumerable.Range(-1, 258).Where(set.Contains));
    }

    private static byte[] Prefixed(List<byte> members, int run, List<byte> text) => [.. Enumerable.Range(0, members.Count == 0 ? 0 : run).Select(i => members[i % members.Count]), .. text];
}
