using Secrets.Loading;
using Secrets.Merging;

namespace Secrets;

/// <summary>
/// Watches by polling, for sources whose store raises no events, or none that can be relied on: mounted volumes swap symbolic links, and network
/// file systems say nothing. It makes <see cref="ISecretsChangeSignal"/> two lines.
/// </summary>
public static class SecretsPolling
{
    private const int MaxLooks = 20;

    /// <summary>
    /// Loads a source again and again until it gives something else than it gave, or fails. Where the source has a <see cref="ISecretsChangeSignal.SettleTime"/>, the store makes sure that
    /// the new content has come to rest. Otherwise this method does: it completes when a second look, an interval later, finds the same, or after 20 looks that all differ.
    /// </summary>
    /// <param name="source">A local source.</param>
    /// <param name="loaded">The last batch, or <see langword="null"/> where no load has succeeded yet; then what is there now is waited to change.</param>
    /// <param name="interval">How long to wait between two looks; greater than zero.</param>
    /// <param name="timeProvider">The clock to wait with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when a load is worth it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is not greater than zero.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task WaitForChangeAsync(
        ISecretsSource source, SecretsBatch? loaded, TimeSpan interval, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);

        // The name that the chain gave the source, since a location may hold it.
        string name = loaded?.Entries.Select(e => e.Value.Origin.SourceName).FirstOrDefault() ?? source.Name;
        SourceLook known = loaded is null ? await LookAsync().ConfigureAwait(false) : LookAt(loaded, name);
        SourceLook seen = await LookAsync().ConfigureAwait(false);
        while (seen.IsSame(known))
        {
            await Task.Delay(interval, timeProvider, cancellationToken).ConfigureAwait(false);
            seen = await LookAsync().ConfigureAwait(false);
        }

        bool isConfirmedByStore = source is ISecretsChangeSignal { SettleTime: var rest } && rest > TimeSpan.Zero;
        for (int looks = 0; looks < MaxLooks && !isConfirmedByStore; looks++)
        {
            await Task.Delay(interval, timeProvider, cancellationToken).ConfigureAwait(false);
            SourceLook next = await LookAsync().ConfigureAwait(false);
            if (next.IsSame(seen))
            {
                return;
            }

            seen = next;
        }

        async Task<SourceLook> LookAsync()
        {
            try
            {
                var request = new SecretsRequest(name, timeProvider: timeProvider);
                return LookAt(await source.LoadAsync(request, cancellationToken).ConfigureAwait(false), name);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                return new SourceLook(Redaction.Redaction.Foreign(failure, name));
            }
        }
    }

    private static SourceLook LookAt(SecretsBatch batch, string sourceName)
    {
        try
        {
            return new SourceLook(batch, LayerBuilder.Build(batch, sourceName, KeyComparison.Ordinal));
        }
        catch (Exception malformed) when (malformed is ISecretsError)
        {
            return new SourceLook(malformed);
        }
    }
}
