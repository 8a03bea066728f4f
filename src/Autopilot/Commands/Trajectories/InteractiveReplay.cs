using Autopilot.Core.Agents;
using Autopilot.Core.Trajectories;
using Autopilot.Core.Trajectories.Projections;
using Autopilot.Rendering;

namespace Autopilot.Commands.Trajectories;

/// <summary>Walks through the steps of a session at the keys' command.</summary>
internal sealed class InteractiveReplay(Terminal terminal, ReplayCursor cursor)
{
    private const string Keys = "n next, p previous, g go to, f filter, q quit";

    /// <summary>Ends with the key for it, or with what ends other programs (Ctrl-C, Ctrl-D).</summary>
    /// <exception cref="OperationCanceledException">A signal came.</exception>
    public static async Task Run(Terminal terminal, IReadOnlyList<TrajectoryStep> steps, CancellationToken cancellation)
    {
        // As a key it ends only this view; as a signal it would wait for the next key.
        Console.TreatControlCAsInput = true;
        try
        {
            await new InteractiveReplay(terminal, new ReplayCursor(steps)).Walk(cancellation);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }

    private async Task Walk(CancellationToken cancellation)
    {
        Show();
        while (true)
        {
            switch ((await Key(cancellation)).KeyChar)
            {
                case 'n' or '\r' or '\n': cursor.Next(); break;
                case 'p': cursor.Previous(); break;
                case 'g': await GoTo(cancellation); break;
                case 'f': await Filter(cancellation); break;
                case 'q' or '\u0003' or '\u0004': return;
                default: terminal.Note(Keys); continue;
            }

            Show();
        }
    }

    /// <summary>On a thread of its own, which may be left behind: a read of the terminal cannot be cancelled.</summary>
    private static Task<ConsoleKeyInfo> Key(CancellationToken cancellation) =>
        Task.Run(() => Console.ReadKey(intercept: true), cancellation).WaitAsync(cancellation);

    private void Show()
    {
        if (cursor.Current is not { } step)
        {
            terminal.Result("No step passes the filter.");
            return;
        }

        terminal.Result(terminal.Paint(Colour.Dim, $"--- {cursor.Position + 1} of {cursor.Count} --- {Keys}"));
        terminal.Result(Readable.Plain(TextForm.Step(step).TrimEnd()));
    }

    private async Task GoTo(CancellationToken cancellation)
    {
        terminal.Output.Write("step: ");
        var number = "";
        while (await Key(cancellation) is { KeyChar: >= '0' and <= '9' } digit && number.Length < 9)
        {
            number += digit.KeyChar;
            terminal.Output.Write(digit.KeyChar);
        }

        terminal.Result("");
        if (!int.TryParse(number, out var id) || !cursor.GoTo(id)) terminal.Note("There is no such step.");
    }

    private async Task Filter(CancellationToken cancellation)
    {
        terminal.Note("1 thinking, 2 tool calls, 3 results, 4 assistant, 5 all");
        Type? type = (await Key(cancellation)).KeyChar switch
        {
            '1' => typeof(Thinking),
            '2' => typeof(ToolCall),
            '3' => typeof(ToolResult),
            '4' => typeof(AssistantText),
            _ => null,
        };
        cursor.Filter(type is null ? null : step => step.Event.GetType() == type);
    }
}
