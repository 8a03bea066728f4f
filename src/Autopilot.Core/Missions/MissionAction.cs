using System.Collections.Immutable;

namespace Autopilot.Core.Missions;

/// <summary>Something that is to be done now. Its key is its identity: it is never started twice, and a rerun after a crash adopts what is there.</summary>
public abstract record MissionAction(string Key);

public sealed record VerifyBase(string Commit, int Number) : MissionAction($"base/{Number}");

public sealed record RepairBase(string Commit, int Number) : MissionAction($"{Prefix}{Number}")
{
    /// <summary>What the keys of repairs begin with.</summary>
    public const string Prefix = "repair/";
}

/// <summary>Moves green to a repair that passed verification.</summary>
/// <param name="Expected">Where the branch must be; null when it must not exist.</param>
public sealed record LandRepair(string Commit, int Number, string? Expected) : MissionAction($"{RepairBase.Prefix}{Number}/land");

/// <param name="Epoch">The plan to be made, from 1.</param>
/// <param name="Number">The try, over all plans.</param>
public sealed record MakePlan(int Epoch, int Number) : MissionAction($"plan/{Number}");

/// <param name="Base">The green it starts from.</param>
/// <param name="Rival">Which of several attempts at once, from 1; 0 for a plain one.</param>
/// <param name="Rivals">How many there are.</param>
public sealed record DoWork(string Unit, int Attempt, string Base, int Rival = 0, int Rivals = 0) : MissionAction($"work/{Unit}/{Name(Attempt, Rival)}")
{
    /// <summary>An attempt as branches, sessions and workspaces are named after it: 2, or 2.3 for its third rival.</summary>
    public static string Name(int attempt, int rival) => rival == 0 ? $"{attempt}" : $"{attempt}.{rival}";
}

/// <param name="Rival">As in <see cref="DoWork"/>.</param>
public sealed record ReviewWork(string Unit, int Attempt, int Rival = 0) : MissionAction($"review/{Unit}/{DoWork.Name(Attempt, Rival)}");

public sealed record BuildBatch(int Batch, string Onto, ImmutableList<string> Units) : MissionAction($"build/{Batch}");

public sealed record VerifyBatch(int Batch, string Commit, int Attempt) : MissionAction($"verify/{Batch}/{Attempt}");

/// <param name="Expected">As in <see cref="LandRepair"/>.</param>
public sealed record Land(int Batch, string Commit, string? Expected, ImmutableList<string> Units) : MissionAction($"land/{Batch}");

/// <param name="Commit">Where green is.</param>
/// <param name="Number">The try, over all commits.</param>
public sealed record PushGreen(string Commit, int Number) : MissionAction($"{Prefix}{Short(Commit)}/{Number}")
{
    /// <summary>What the keys of pushes begin with.</summary>
    public const string Prefix = "push/";

    /// <summary>A commit as keys and people know it.</summary>
    public static string Short(string commit) => commit.Length <= 10 ? commit : commit[..10];
}

/// <summary>Puts a question to a person; the answer comes as a fact of its own.</summary>
/// <param name="Gate">One of <see cref="Governance.Gates"/>.</param>
/// <param name="Subject">What it is about; with the gate it names the question.</param>
public sealed record AskApproval(string Gate, string Subject) : MissionAction($"ask/{Gate}/{Subject}");

public sealed record CheckObjective(int Number) : MissionAction($"objective/{Number}");

/// <summary>The mission must stop.</summary>
public sealed record Stop(string Cause, string Detail) : MissionAction("stop");

/// <summary>Nothing can be done before a time.</summary>
public sealed record Wait(DateTimeOffset Until) : MissionAction("wait");

/// <summary>Nothing may be done before something happens outside: the process may end.</summary>
/// <param name="WaitingFor">The key of an open approval, or <see cref="SafeStop"/>.</param>
/// <param name="Until">When to look again at the latest; null for never.</param>
public sealed record Suspend(string WaitingFor, DateTimeOffset? Until) : MissionAction("suspend")
{
    /// <summary>The governor lets nothing begin.</summary>
    public const string SafeStop = "safe_stop";
}

/// <summary>The mission is at its end.</summary>
public sealed record Finish() : MissionAction("finish");
