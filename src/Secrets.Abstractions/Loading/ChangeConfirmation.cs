using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>
/// Keeps half-written content from being served. A change of a source that has a <see cref="ISecretsChangeSignal.SettleTime"/> is served only when a second read finds the same
/// content: one settle time later in the background, and 100 ms later in a load that the program asked for. The first load of a store is served as it is.
/// </summary>
internal sealed class ChangeConfirmation(ISecretsChangeSignal? source, LoadOrder order, TimeProvider timeProvider)
{
    private const int MaxReads = 20;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(1);
    private static readonly TimeSpan RequestedDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>True where a load found a change that a second read must confirm.</summary>
    public bool IsNeeded(LoadResult result) =>
        order.Previous is { Batch: not null } previous
        && source?.SettleTime > TimeSpan.Zero
        && !result.IsSame(LoadResult.Of(previous))
        && !(result.Failure is null && LayerNode.AreSame(result.Layers, previous.OwnLayers))
        && previous.UnconfirmedChange?.IsSame(result) != true
        && previous.UnconfirmedLoads < (result.HasContent ? MaxReads : 2 * MaxReads);

    /// <summary>Gives the source as it was, with the change remembered. Content that changes with every read is served after 20 of them, an empty file after 40.</summary>
    public LoadedSource Defer(LoadResult result)
    {
        LoadedSource previous = order.Previous!;

        // Of the source that was read, which may be another one than before.
        TimeSpan delay = source!.SettleTime < MaxDelay ? source.SettleTime : MaxDelay;
        return previous with { UnconfirmedChange = result, ConfirmationDelay = delay, UnconfirmedLoads = previous.UnconfirmedLoads + 1 };
    }

    /// <summary>Reads until two reads in a row find the same, 20 times at most.</summary>
    public async Task<LoadResult> ReadUntilStableAsync(LoadResult first, Func<CancellationToken, Task<LoadResult>> read, CancellationToken cancellationToken)
    {
        LoadResult last = first;
        for (int reads = 1; reads < MaxReads; reads++)
        {
            await Task.Delay(RequestedDelay, timeProvider, cancellationToken).ConfigureAwait(false);
            LoadResult next = await read(cancellationToken).ConfigureAwait(false);
            if (next.IsSame(last))
            {
                return next;
            }

            last = next;
        }

        return last;
    }
}
