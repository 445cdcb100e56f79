using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>
/// Keeps half-written content from being served. Where a file's content changed, a second look must find the same: a poll later in the background, and a tenth
/// of a second later where the program asked for the load and waits for it. The first load of a store is served as it is.
/// </summary>
internal sealed class Settling(ISecretsChangeSignal? source, LoadOrder order, TimeProvider timeProvider)
{
    private const int MaxLooks = 20;

    private static readonly TimeSpan RequestedRest = TimeSpan.FromMilliseconds(100);

    /// <summary>True where a look found content that must be seen once more.</summary>
    public bool IsOpen(SourceLook look) =>
        order.Previous is { Batch: not null } previous
        && source?.SettleTime > TimeSpan.Zero
        && !look.IsSame(SourceLook.Of(previous))
        && !(look.Failure is null && LayerNode.AreSame(look.Layers, previous.Own))
        && previous.Unsettled?.IsSame(look) != true
        && previous.Looks < (look.HasContent ? MaxLooks : 2 * MaxLooks);

    /// <summary>Gives the source as it was, with the look remembered. Content that never comes to rest is served after twenty looks, an empty file after forty.</summary>
    public LoadedSource Postpone(SourceLook look)
    {
        LoadedSource previous = order.Previous!;
        return new LoadedSource(previous) { Unsettled = look, Looks = previous.Looks + 1 };
    }

    public async Task<SourceLook> RepeatAsync(SourceLook first, Func<CancellationToken, Task<SourceLook>> look, CancellationToken cancellationToken)
    {
        SourceLook seen = first;
        for (int looks = 1; looks < MaxLooks; looks++)
        {
            await Task.Delay(RequestedRest, timeProvider, cancellationToken).ConfigureAwait(false);
            SourceLook next = await look(cancellationToken).ConfigureAwait(false);
            if (next.IsSame(seen))
            {
                return next;
            }

            seen = next;
        }

        return seen;
    }
}
