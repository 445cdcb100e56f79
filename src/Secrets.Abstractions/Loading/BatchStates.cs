using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>Disposes the state that sources keep from load to load, such as a login or a lease, when the store is disposed or a build fails.</summary>
internal static class BatchStates
{
    public static bool IsHeldBy(LoadedSource source) => source.Batch?.State is IAsyncDisposable;

    public static async Task DisposeAsync(IEnumerable<LoadedSource> sources)
    {
        Task all = Task.WhenAll([.. HeldBy(sources).Select(DisposeOneAsync)]);

        // A login or lease that cannot be revoked expires by itself, and no caller is left to report the failure to.
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Disposes the state of a batch that no later load continues from.</summary>
    public static async Task DisposeAsync(SecretsBatch? batch)
    {
        if (batch?.State is IAsyncDisposable state)
        {
            await DisposeOneAsync(state).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static IEnumerable<IAsyncDisposable> HeldBy(IEnumerable<LoadedSource> sources) => sources.Select(s => s.Batch?.State).OfType<IAsyncDisposable>();

    // Asynchronous, so that one which throws at once keeps none of the others.
    private static async Task DisposeOneAsync(IAsyncDisposable state) => await state.DisposeAsync().ConfigureAwait(false);
}
