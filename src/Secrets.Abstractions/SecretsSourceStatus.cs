using System.Globalization;
using Secrets.Merging;
using Secrets.Refreshing;

namespace Secrets;

/// <summary>What became of one source of a chain.</summary>
public sealed class SecretsSourceStatus
{
    internal SecretsSourceStatus(SourceSlot slot, LoadedSource served, DateTimeOffset now)
    {
        bool isHeld = served.HoldsRequired;
        Name = slot.Entry.Name;
        IsRemote = slot.Loaded.IsRemote;
        State = StateOf(slot, isHeld, now);
        Places = slot.Loaded.Batch?.Places ?? [];
        Count = slot.Loaded.Own.Sum(CountLeaves);
        LastSuccess = slot.LastSuccess;
        Age = now - slot.LastSuccess;
        NextRefresh = slot.NextRefresh;
        Wait = slot.NextRefresh - now;
        ConsecutiveFailures = slot.ConsecutiveFailures;
        LastErrorCode = slot.TroubleCode ?? (isHeld ? SecretsErrorCode.NotFound : null);
        LastError = slot.Trouble?.Message ?? (isHeld ? "Something that the program requires is gone; its last value is served." : null);
    }

    /// <summary>Gets the source's name in the chain.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether the source is behind a network.</summary>
    public bool IsRemote { get; }

    /// <summary>Gets what became of it.</summary>
    public SecretsSourceState State { get; }

    /// <summary>Gets the places where it looked, in its own notation.</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>Gets the number of leaves that it gave, whether or not a higher source shadows them. One that is never enumerated has 0.</summary>
    public int Count { get; }

    /// <summary>Gets when a load last succeeded; <see langword="null"/> where none has.</summary>
    public DateTimeOffset? LastSuccess { get; }

    /// <summary>Gets how long ago that was; <see langword="null"/> where none has.</summary>
    public TimeSpan? Age { get; }

    /// <summary>Gets when it is read again by itself; <see langword="null"/> where it is not.</summary>
    public DateTimeOffset? NextRefresh { get; }

    /// <summary>Gets the number of loads that failed, wholly or for a secret whose last value is served, since the last that did not.</summary>
    public int ConsecutiveFailures { get; }

    /// <summary>Gets the code of the last failure that is not yet mended; <see langword="null"/> where all is well.</summary>
    public SecretsErrorCode? LastErrorCode { get; }

    /// <summary>Gets the last failure that is not yet mended, for people; <see langword="null"/> where all is well. It never holds a value.</summary>
    public string? LastError { get; }

    internal TimeSpan? Wait { get; }

    /// <summary>Gives one line.</summary>
    /// <returns>As in <c>toml: Loaded, 7 secrets (.secrets/secrets.toml)</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {State}{(LastErrorCode is null ? "" : $" ({LastErrorCode})")}, {Count} secret{(Count == 1 ? "" : "s")}{(Places.Count == 0 ? "" : $" ({string.Join(", ", Places)})")}");

    private static SecretsSourceState StateOf(SourceSlot slot, bool isHeld, DateTimeOffset now)
    {
        if (slot.Loaded.Batch is null)
        {
            return slot.Loaded.Failure is null ? SecretsSourceState.NotAsked : SecretsSourceState.Failed;
        }

        if (slot.Trouble is not null || isHeld)
        {
            return slot.IsStale(now) ? SecretsSourceState.Stale : SecretsSourceState.Degraded;
        }

        return slot.Loaded.Batch.IsMissing ? SecretsSourceState.Missing : SecretsSourceState.Loaded;
    }

    private static int CountLeaves(LayerNode node) => node.Children is null ? 1 : node.Children.Sum(c => CountLeaves(c.Value));
}
