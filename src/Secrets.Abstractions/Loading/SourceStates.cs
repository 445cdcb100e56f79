using Secrets.Merging;

namespace Secrets.Loading;

/// <summary>Ends what sources keep open from load to load, as a login or a lease: with the store, or with a build that failed.</summary>
internal static class SourceStates
{
    public static bool IsHeldBy(LoadedSource source) => source.Batch?.State is IAsyncDisposable;

    public static async Task DisposeAsync(IEnumerable<LoadedSource> sources)
    {
        Task all = Task.WhenAll([.. HeldBy(sources).Select(DisposeOneAsync)]);

        // What cannot be ended runs out by itself, and nobody is left who could be told.
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Disposes what one batch holds that nothing goes on from.</summary>
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
