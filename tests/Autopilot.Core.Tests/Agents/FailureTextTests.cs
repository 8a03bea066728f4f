using Autopilot.Core.Agents;

namespace Autopilot.Core.Tests.Agents;

public class FailureTextTests
{
    [Theory]
    [InlineData("No conversation found with session ID: 1c5", FailureKind.SessionLost)]
    [InlineData("thread/resume failed: no rollout found for thread id 01a2", FailureKind.SessionLost)]
    [InlineData("thread/resume failed: failed to read thread: thread-store internal error: failed to read session metadata /h/.codex/s.jsonl: rollout at /h/.codex/s.jsonl is empty", FailureKind.SessionLost)]
    public void The_words_of_the_agents_name_the_failure(string text, FailureKind expected) => Assert.Equal(expected, FailureText.Classify(text));
}
