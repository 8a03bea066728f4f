namespace Autopilot.Simulation.Tests;

/// <summary>How hostile a simulated world is: probabilities, drawn from the seed.</summary>
internal sealed record Faults
{
    public double BadCommit { get; init; }

    public double NothingDone { get; init; }

    public double AgentCrash { get; init; }

    public double AgentHang { get; init; }

    public double Infrastructure { get; init; }

    public double Quota { get; init; }

    public double Conflict { get; init; }

    /// <summary>Two units that are good by themselves are bad together.</summary>
    public double Interaction { get; init; }

    public double Flake { get; init; }

    public double ReviewRetry { get; init; }

    public double ReviewReject { get; init; }

    /// <summary>A change is so large that a person is asked.</summary>
    public double Large { get; init; }

    /// <summary>A change pleases the checks, and a person is asked.</summary>
    public double Dishonest { get; init; }

    public double Denial { get; init; }

    /// <summary>Of memory, disk, budget or providers: the governor's level changes.</summary>
    public double Shortage { get; init; }

    public double PlannerFails { get; init; }

    public double Unmet { get; init; }

    public double GreenMoved { get; init; }

    /// <summary>Somebody else pushed to the remote.</summary>
    public double RemoteMoved { get; init; }

    public double PushRefused { get; init; }

    public double RedBase { get; init; }

    public double Signal { get; init; }

    public double ClockJump { get; init; }

    /// <summary>Of the program, at a journal write.</summary>
    public double Crash { get; init; }

    public static Faults Draw(Random random)
    {
        double Some(double most) => random.Next(2) == 0 ? 0 : random.NextDouble() * most;
        return new Faults
        {
            BadCommit = Some(0.4),
            NothingDone = Some(0.2),
            AgentCrash = Some(0.2),
            AgentHang = Some(0.15),
            Infrastructure = Some(0.15),
            Quota = Some(0.1),
            Conflict = Some(0.2),
            Interaction = Some(0.1),
            Flake = Some(0.15),
            ReviewRetry = Some(0.2),
            ReviewReject = Some(0.05),
            Large = Some(0.5),
            Dishonest = Some(0.4),
            Denial = Some(0.4),
            Shortage = Some(0.6),
            PlannerFails = Some(0.2),
            Unmet = Some(0.5),
            GreenMoved = Some(0.05),
            RemoteMoved = Some(0.4),
            PushRefused = Some(0.1),
            RedBase = Some(0.2),
            Signal = Some(0.05),
            ClockJump = Some(0.02),
            Crash = Some(0.06),
        };
    }
}
