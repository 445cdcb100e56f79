using Secrets.Merging;

namespace Secrets;

/// <summary>
/// Watching by looking, for sources whose store raises no events, or none that can be relied on: mounted volumes swap symbolic links, and network
/// file systems say nothing. It makes <see cref="ISecretsChangeSignal"/> one line.
/// </summary>
public static class SecretsPolling
{
    private const int MostLooks = 20;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Loads a source again and again until it gives something else than it gave, or fails, and has come to rest: two loads a tenth of a second
    /// apart give the same, so that a file is not read while it is being written. One that never rests counts as changed after 20 more looks.
    /// </summary>
    /// <param name="source">A local source.</param>
    /// <param name="loaded">The last batch, or <see langword="null"/> where no load has succeeded yet, and what is there now is waited to change.</param>
    /// <param name="interval">How long to wait between two looks; more than zero.</param>
    /// <param name="timeProvider">The clock to wait with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when a load is worth it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is not more than zero.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task WaitForChangeAsync(
        ISecretsSource source, SecretsBatch? loaded, TimeSpan interval, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);

        // The name that the chain gave the source, since a location may hold it.
        string name = loaded?.Entries.Select(e => e.Value.Origin.SourceName).FirstOrDefault() ?? source.Name;
        Look known = loaded is null ? await LookAsync().ConfigureAwait(false) : Look.At(loaded, name);
        Look seen = await LookAsync().ConfigureAwait(false);
        while (seen.IsSame(known))
        {
            await Task.Delay(interval, timeProvider, cancellationToken).ConfigureAwait(false);
            seen = await LookAsync().ConfigureAwait(false);
        }

        for (int looks = 0; looks < MostLooks; looks++)
        {
            await Task.Delay(Rest, timeProvider, cancellationToken).ConfigureAwait(false);
            Look again = await LookAsync().ConfigureAwait(false);
            if (again.IsSame(seen))
            {
                return;
            }

            seen = again;
        }

        async Task<Look> LookAsync()
        {
            try
            {
                var request = new SecretsRequest(name, timeProvider: timeProvider);
                return Look.At(await source.LoadAsync(request, cancellationToken).ConfigureAwait(false), name);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                return new Look([], Redaction.Redaction.Foreign(failure, name).Message, isMissing: false);
            }
        }
    }

    /// <summary>What one load gave: trees, or a failure.</summary>
    private sealed class Look(IReadOnlyList<LayerNode> layers, string? failure, bool isMissing)
    {
        public static Look At(SecretsBatch batch, string sourceName)
        {
            try
            {
                return new Look(LayerBuilder.Build(batch, sourceName, KeyComparison.Ordinal), failure: null, batch.IsMissing);
            }
            catch (Exception malformed) when (malformed is ISecretsError)
            {
                return new Look([], malformed.Message, isMissing: false);
            }
        }

        public bool IsSame(Look other) => other.IsSame(layers, failure, isMissing);

        private bool IsSame(IReadOnlyList<LayerNode> otherLayers, string? otherFailure, bool isOtherMissing) =>
            isMissing == isOtherMissing
            && string.Equals(failure, otherFailure, StringComparison.Ordinal)
            && LayerNode.AreSame(layers, otherLayers);
    }
}
