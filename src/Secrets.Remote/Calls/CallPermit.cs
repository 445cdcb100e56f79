namespace Secrets.Remote.Calls;

/// <summary>The permit to make one call. It remembers what had happened when the call began.</summary>
/// <param name="Era">How often the pace had changed.</param>
/// <param name="Answers">How many calls were answered.</param>
internal readonly record struct CallPermit(long Era, long Answers);
