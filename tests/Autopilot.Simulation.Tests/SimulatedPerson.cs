using Autopilot.Core.Missions;

namespace Autopilot.Simulation.Tests;

/// <summary>Answers what missions ask, after minutes or a night, whether a process is there to hear it or not.</summary>
internal sealed class SimulatedPerson(Random random, Faults faults, SimulatedClock clock)
{
    private readonly Dictionary<string, ApprovalGiven?> questions = new(StringComparer.Ordinal);

    /// <summary>The mission that asks: each has questions of its own.</summary>
    public int Mission { get; set; }

    /// <summary>Told of each answer when it is given.</summary>
    public Action? Answered { get; set; }

    /// <summary>A question is put once, however often it is asked.</summary>
    public ApprovalAsked Ask(AskApproval action)
    {
        var key = KeyOf(action.Gate, action.Subject);
        if (questions.TryAdd(key, null)) clock.After(TimeSpan.FromMinutes(random.Next(1, random.Next(2) == 0 ? 5 : 900)), () => Answer(key));
        return new ApprovalAsked(action.Gate, action.Subject, "may I?", null);
    }

    /// <summary>The key of a question of the mission that asks.</summary>
    public string KeyOf(string gate, string subject) => KeyOf(Mission, gate, subject);

    public static string KeyOf(int mission, string gate, string subject) => $"{mission}.{Approval.KeyOf(gate, subject)}";

    public bool Approved(string key) => questions.GetValueOrDefault(key)?.Approved == true;

    /// <summary>The answers to what is open in a mission.</summary>
    public IEnumerable<ApprovalGiven> AnswersTo(MissionState state) => state.OpenApprovals.Select(a => questions[Of(a.Key)]).OfType<ApprovalGiven>().OrderBy(a => a.Key, StringComparer.Ordinal);

    private string Of(string key) => $"{Mission}.{key}";

    private void Answer(string key)
    {
        questions[key] = new ApprovalGiven(key[(key.IndexOf('.') + 1)..], random.NextDouble() >= faults.Denial, "user", "so be it");
        Answered?.Invoke();
    }
}
