using System.Runtime.ExceptionServices;

namespace Secrets.Remote;

/// <summary>Does the same for many, so many at once and no more.</summary>
internal static class Gather
{
    /// <summary>Gives the results in the order of the items. The first failure cancels what is under way and is thrown once nothing of it is left.</summary>
    public static async Task<TResult[]> AllAsync<TItem, TResult>(
        IReadOnlyCollection<TItem> items, int mostAtOnce, Func<TItem, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var turns = new SemaphoreSlim(mostAtOnce);
        Exception? first = null;
        Task<TResult>[] all = [.. items.Select(OneAsync)];
        Task ended = Task.WhenAll(all);
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return await Task.WhenAll(all).ConfigureAwait(false);

        async Task<TResult> OneAsync(TItem item)
        {
            await turns.WaitAsync(cancellation.Token).ConfigureAwait(false);
            try
            {
                return await work(item, cancellation.Token).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref first, failure, comparand: null);
                await cancellation.CancelAsync().ConfigureAwait(false);
                throw;
            }
            finally
            {
                turns.Release();
            }
        }
    }
}
