using System.Globalization;

namespace Secrets.Faults;

/// <summary>What became of one source under one fault, at its first load and at a refresh.</summary>
internal sealed class FaultRow
{
    public required string Source { get; init; }

    public required string Fault { get; init; }

    /// <summary>Gets the code of the first load's failure; <c>loads</c> where it succeeded, with <c>alpha</c>'s code where that is unreadable.</summary>
    public required string FirstLoad { get; init; }

    public required string FirstCalls { get; init; }

    public required string Refresh { get; init; }

    public required string RefreshCalls { get; init; }

    public required bool IsLastGoodServed { get; init; }

    public required bool IsCanarySeen { get; init; }

    public required TimeSpan Longest { get; init; }

    /// <summary>Gives what is promised: all but the time.</summary>
    public string Promise => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Source} | {Fault} | {FirstLoad} | {FirstCalls} | {Refresh} | {RefreshCalls} | {(IsLastGoodServed ? "served" : "lost")} | {(IsCanarySeen ? "LEAKED" : "nothing")} |");
}
