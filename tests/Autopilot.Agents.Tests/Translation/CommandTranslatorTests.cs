using System.Text;

using Autopilot.Agents.Command;
using Autopilot.Core.Agents;
using Autopilot.Core.Agents.Pricing;

namespace Autopilot.Agents.Tests.Translation;

public sealed class CommandTranslatorTests
{
    [Fact]
    public void Plain_lines_are_one_message_and_our_events_are_events()
    {
        var (events, facts) = Translate("Hello", "", "world", """{"type":"file_change","path":"a.txt","change":"add"}""", "after");
        Assert.Equal(5, events.Count);
        Assert.Equal(new FileChanged("a.txt", "add"), events[3]);
        Assert.Equal("after", facts.LastText);
        Assert.Equal("Hello\n\nworld", Translate("Hello", "", "world").Facts.LastText);
    }

    [Fact]
    public void Usage_and_cost_can_be_reported()
    {
        var facts = Translate("""{"type":"usage","input":10,"output":5,"costUsd":0.25,"model":"m"}""", """{"type":"usage","input":1,"output":1,"costUsd":0.05}""").Facts;
        Assert.Equal(new TokenUsage(11, 6, 0, 0), facts.Usage);
        Assert.Equal(0.30m, facts.CostUsd);
    }

    [Theory]
    [InlineData("""{"type":"usage","costUsd":-5}""")]
    [InlineData("""{"type":"usage","costUsd":99999999999999}""")]
    [InlineData("""{"type":"usage","costUsd":1e400}""")]
    [InlineData("""{"type":"usage","costUsd":NaN}""")]
    [InlineData("""{"type":"usage","costUsd":"1"}""")]
    [InlineData("""{"type": "usage", "input": -1000, "output": 5}""")]
    [InlineData("""{"type":"usage","cacheRead":9223372036854775807}""")]
    [InlineData("""{"type":"usage","input":"many"}""")]
    [InlineData("""{"type":"model_call","messageId":"m","output":-7}""")]
    public void Usage_that_nobody_can_have_had_is_a_malformed_line(string line)
    {
        var (events, facts) = Translate("""{"type":"usage","input":10,"costUsd":0.25}""", line);
        Assert.Equal(line, Assert.IsType<Unrecognized>(events[1]).Line);
        Assert.Equal((10L, 0.25m, 1, 0), (facts.Usage.Total, facts.CostUsd!.Value, facts.UnrecognizedLines, facts.ModelCalls));
    }

    [Fact]
    public void JSON_that_is_none_of_our_events_is_text() =>
        Assert.All(Translate("""{"type":"mine","x":1}""", """{"type":"user","words":"many"}""", "{\"a\":1}").Events, e => Assert.IsType<AssistantText>(e));

    private static (List<AgentEvent> Events, SessionFacts Facts) Translate(params string[] lines)
    {
        var translator = new CommandTranslator();
        var events = new List<AgentEvent>();
        foreach (var line in lines) translator.Output(Encoding.UTF8.GetBytes(line), Encoding.UTF8.GetByteCount(line), events);
        translator.End(events);
        var facts = new SessionFacts(PriceTable.Default, null);
        events.ForEach(facts.Add);
        return (events, facts);
    }
}
