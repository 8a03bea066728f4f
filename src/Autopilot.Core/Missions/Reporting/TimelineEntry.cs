namespace Autopilot.Core.Missions.Reporting;

/// <summary>Something that happened, for the report.</summary>
/// <param name="Verb">What kind of news it is, in a word or two.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Verb, string Text);
