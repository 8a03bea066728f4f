using System.Globalization;

namespace Autopilot.Core.Missions.Learning;

/// <summary>How often units with one feature did not land.</summary>
/// <param name="Failure">The share that was given up, 0 to 1.</param>
/// <param name="Samples">Of how many.</param>
public sealed record Risk(string Dimension, string Value, double Failure, int Samples)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Dimension} {Value}: {Failure:P0} of {Samples} units did not land");
}
