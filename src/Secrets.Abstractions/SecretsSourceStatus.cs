using System.Globalization;
using Secrets.Merging;
using Secrets.Redaction;
using Secrets.Refreshing;
using Secrets.Timing;

namespace Secrets;

/// <summary>The status of one source of a chain.</summary>
public sealed class SecretsSourceStatus
{
    internal SecretsSourceStatus(SourceSlot slot, LoadedSource served, Moment now, bool isStale)
    {
        bool isHeld = served.HoldsRequired;
        Name = slot.Entry.Name;
        IsRemote = slot.Loaded.IsRemote;
        State = StateOf(slot, isHeld, isStale);
        FailsWhenStale = slot.Entry.FailsWhenStale;
        Places = slot.Loaded.Batch?.Places ?? [];
        Count = slot.Loaded.OwnLayers.Sum(CountLeaves);
        LastSuccess = slot.LastSuccess?.Wall;
        Age = slot.LastSuccess is { } success ? now.Since(success) : null;
        Wait = slot.Next?.LeftAt(now);
        NextRefresh = now.Wall + Wait;
        ConsecutiveFailures = slot.ConsecutiveFailures;
        LastErrorCode = slot.ErrorCode ?? (isHeld ? SecretsErrorCode.NotFound : null);
        LastError = slot.Error?.Message ?? (isHeld ? GoneText(served) : null);
    }

    /// <summary>Gets the source's name in the chain.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether the source is behind a network.</summary>
    public bool IsRemote { get; }

    /// <summary>Gets its state.</summary>
    public SecretsSourceState State { get; }

    /// <summary>Gets the places where it looked, in its own notation.</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>Gets the number of leaves that it gave, whether or not a higher source shadows them. One that is never enumerated has 0.</summary>
    public int Count { get; }

    /// <summary>Gets when the last load that succeeded began; <see langword="null"/> where none has.</summary>
    public DateTimeOffset? LastSuccess { get; }

    /// <summary>Gets how long ago that was; <see langword="null"/> where none has.</summary>
    public TimeSpan? Age { get; }

    /// <summary>Gets when it is read again by itself; <see langword="null"/> where it is not.</summary>
    public DateTimeOffset? NextRefresh { get; }

    /// <summary>Gets the number of loads since the last one with which nothing was wrong: that failed, could not read a secret, or lacked a required one.</summary>
    public int ConsecutiveFailures { get; }

    /// <summary>Gets the code of the failure that holds now; <see langword="null"/> where all is well.</summary>
    public SecretsErrorCode? LastErrorCode { get; }

    /// <summary>Gets the failure that holds now, for people; <see langword="null"/> where all is well. It never holds a value.</summary>
    public string? LastError { get; }

    internal TimeSpan? Wait { get; }

    /// <summary>Gets a value indicating whether reads throw once the source is <see cref="SecretsSourceState.Stale"/>.</summary>
    internal bool FailsWhenStale { get; }

    /// <summary>Gives one line.</summary>
    /// <returns>As in <c>toml: Loaded, 7 secrets (.secrets/secrets.toml)</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {State}{(LastErrorCode is null ? "" : $" ({LastErrorCode})")}, {Count} secret{(Count == 1 ? "" : "s")}{(Places.Count == 0 ? "" : $" ({string.Join(", ", Places)})")}");

    /// <summary>Gives a table with a row for each source.</summary>
    internal static string Table(IReadOnlyList<SecretsSourceStatus> statuses)
    {
        string[][] cells =
        [
            ["source", "state", "secrets", "age", "failures", "last error", "next"],
            .. statuses.Select(s => new[]
            {
                s.Name,
                s.State.ToString(),
                s.Count.ToString(CultureInfo.InvariantCulture),
                Seconds(s.Age),
                s.ConsecutiveFailures.ToString(CultureInfo.InvariantCulture),
                s.LastErrorCode?.ToString() ?? "-",
                Seconds(s.Wait),
            }),
        ];
        return TextTable.Of(cells);
    }

    private static SecretsSourceState StateOf(SourceSlot slot, bool isHeld, bool isStale)
    {
        if (slot.Loaded.Batch is null)
        {
            return slot.Loaded.Failure is null ? SecretsSourceState.NotAsked : SecretsSourceState.Failed;
        }

        if (isStale)
        {
            return SecretsSourceState.Stale;
        }

        if (slot.Error is not null || isHeld)
        {
            return SecretsSourceState.Degraded;
        }

        return slot.Loaded.Batch.IsMissing ? SecretsSourceState.Missing : SecretsSourceState.Loaded;
    }

    /// <summary>Names the required secrets that are gone.</summary>
    internal static string GoneText(LoadedSource served) =>
        $"{string.Join(", ", served.HeldRequired)} {(served.HeldRequired.Count == 1 ? "is" : "are")} required and gone from every source; the last value is served. Put it back, or do not require it.";

    private static string Seconds(TimeSpan? time) => time is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, Math.Round(time.Value.TotalSeconds)):0} s");

    private static int CountLeaves(LayerNode node) => node.Children is null ? 1 : node.Children.Sum(c => CountLeaves(c.Value));
}
