namespace Secrets.Remote.Calls;

/// <summary>The place of one call among the calls of a client: what had happened when it began.</summary>
/// <param name="Era">How often the pace had been changed.</param>
/// <param name="Answers">How many calls had been answered.</param>
internal readonly record struct CallPermit(long Era, long Answers);
