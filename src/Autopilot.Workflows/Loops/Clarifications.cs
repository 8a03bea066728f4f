using Autopilot.Core.Loops.Control;
using Autopilot.Core.Loops.Ledger;

namespace Autopilot.Workflows.Loops;

/// <summary>Gets the questions of agents answered, by a person or by the best supposition, and puts both into the ledger.</summary>
internal sealed class Clarifications(LoopFlow flow, LoopLane lane, PairPlace place, string key)
{
    private const string NoAnswer = "No answer could be had. Take the reading that is safest and easiest to change, and record it as a decision.";
    private int asked;

    public async Task Clear(string turn, LoopControl.Asked question, TurnResult by)
    {
        var text = question.Text.Length > 0 ? question.Text : "(the agent asked without words)";
        if (question.Supposition is { } supposition && !text.Contains("Best supposition:", StringComparison.Ordinal)) text += $"\nBest supposition: {supposition}";
        if (++asked > flow.Request.MaxQuestions)
        {
            var word = await flow.Pause(lane, turn, "blocked", $"{key} has asked {asked - 1} questions and asks on: {text}");
            asked = 0;
            Record(turn, text, word, "human");
        }
        else if (flow.Request.FullAutoAnswers) Record(turn, text, await Supposed(turn, question, by), "auto");
        else Record(turn, text, await flow.Pause(lane, turn, "question", $"{key} asks: {text}"), "human");
    }

    /// <summary>Notes a question and its answer.</summary>
    public void Record(string turn, string question, string answer, string source)
    {
        var said = answer is { Length: > 0 } and not "skip" ? answer : source == "auto" ? NoAnswer : "The question was skipped: use your best judgement.";
        lane.Record.Ledger.Add(Entry("question", null, question));
        lane.Record.Ledger.Add(Entry("answer", source, said));
        lane.Record.Log($"entry=clarification | pair={place.Pair.Name} | source={source}", $"Question:\n{question}\n\nAnswer:\n{said}");

        LedgerEntry Entry(string kind, string? from, string text) => new("runtime", place.Pair.Name, place.Phase?.Id, turn, kind, from, lane.Record.Now, text);
    }

    private async Task<string> Supposed(string turn, LoopControl.Asked question, TurnResult by)
    {
        if (question.Supposition is { } supposition) return supposition;
        var prompt = $"An agent that works on a request asks a question, and no person is there to answer. Answer it in a few sentences, on the safe side, in plain text.\n\nRequest:\n{lane.Record.Request}\n\nQuestion:\n{question.Text}";
        var answer = await new LoopTurns(flow, lane, place).Answer($"{turn}/answer", prompt);
        return answer.Text.Trim();
    }
}
