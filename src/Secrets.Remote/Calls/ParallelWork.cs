using System.Runtime.ExceptionServices;

namespace Secrets.Remote.Calls;

/// <summary>Does the same work for several items at once. How many calls run at once is the matter of <see cref="CallPace"/> alone.</summary>
internal static class ParallelWork
{
    /// <summary>Gives the results in the order of the items. The first failure cancels the other work, and is thrown when none of it runs any more.</summary>
    public static async Task<TResult[]> RunAsync<TItem, TResult>(
        IReadOnlyCollection<TItem> items, Func<TItem, CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? first = null;
        Task<TResult>[] all = [.. items.Select(OneAsync)];
        await ((Task)Task.WhenAll(all)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return await Task.WhenAll(all).ConfigureAwait(false);

        async Task<TResult> OneAsync(TItem item)
        {
            try
            {
                cancellation.Token.ThrowIfCancellationRequested();
                return await work(item, cancellation.Token).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref first, failure, comparand: null);
                await cancellation.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
