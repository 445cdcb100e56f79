using Secrets.Loading;
using Secrets.Merging;
using Secrets.Redaction;

namespace Secrets;

/// <summary>
/// Watches by polling, for sources whose store raises no events, or none that can be relied on: mounted volumes swap symbolic links, and network
/// file systems say nothing. It makes <see cref="ISecretsChangeSignal"/> two lines.
/// </summary>
public static class SecretsPolling
{
    private const int MaxReads = 20;

    /// <summary>
    /// Loads a source once per interval until the content differs from the last batch, or the load fails. Where the source has a <see cref="ISecretsChangeSignal.SettleTime"/>, the store
    /// confirms the change with a second load. Otherwise this method does: it completes when the next load, an interval later, finds the same content, or after 20 loads that all differ.
    /// </summary>
    /// <param name="source">A local source.</param>
    /// <param name="loaded">The last batch, or <see langword="null"/> where no load has succeeded yet; the method then waits until the present content changes.</param>
    /// <param name="interval">The time between two loads; greater than zero and at most one day.</param>
    /// <param name="timeProvider">The clock to wait with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when the source should be loaded again.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is not greater than zero, or is longer than a day.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task WaitForChangeAsync(
        ISecretsSource source, SecretsBatch? loaded, TimeSpan interval, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, TimeSpan.FromDays(1));

        // The name that the chain gave the source, since a location may hold it.
        string name = loaded?.Entries.Select(e => e.Value.Origin.SourceName).FirstOrDefault() ?? source.Name;
        LoadResult known = loaded is null ? await ReadAsync().ConfigureAwait(false) : ResultOf(loaded, name);
        LoadResult seen = await ReadAsync().ConfigureAwait(false);
        while (seen.IsSame(known))
        {
            await Task.Delay(interval, timeProvider, cancellationToken).ConfigureAwait(false);
            seen = await ReadAsync().ConfigureAwait(false);
        }

        bool isConfirmedByStore = source is ISecretsChangeSignal { SettleTime: var rest } && rest > TimeSpan.Zero;
        for (int reads = 0; reads < MaxReads && !isConfirmedByStore; reads++)
        {
            await Task.Delay(interval, timeProvider, cancellationToken).ConfigureAwait(false);
            LoadResult next = await ReadAsync().ConfigureAwait(false);
            if (next.IsSame(seen))
            {
                return;
            }

            seen = next;
        }

        async Task<LoadResult> ReadAsync()
        {
            try
            {
                return ResultOf(await LoadAsync(source, name, loaded, timeProvider, cancellationToken).ConfigureAwait(false), name);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                return new LoadResult(Redactor.Sanitize(failure, name));
            }
        }
    }

    private static async Task<SecretsBatch> LoadAsync(
        ISecretsSource source, string name, SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        SecretsBatch polled = await source.LoadAsync(new SecretsRequest(name, timeProvider: timeProvider), cancellationToken).ConfigureAwait(false);
        if (polled.State != loaded?.State)
        {
            // The store loads again what a poll found, so that nothing goes on from this state.
            await BatchStates.DisposeAsync(polled).ConfigureAwait(false);
        }

        return polled;
    }

    private static LoadResult ResultOf(SecretsBatch batch, string sourceName)
    {
        try
        {
            return new LoadResult(batch, LayerBuilder.Build(batch, sourceName, KeyComparison.Ordinal));
        }
        catch (Exception malformed) when (malformed is ISecretsError)
        {
            return new LoadResult(malformed);
        }
    }
}
