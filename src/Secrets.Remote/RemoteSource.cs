namespace Secrets.Remote;

/// <summary>
/// What the remote sources have in common: each has a map of what it is configured for, a pace for its client, a limit of time for a load, and a store to ask.
/// It keeps no secret from load to load; that travels in the batch.
/// </summary>
internal abstract class RemoteSource(string name, RemoteMap map, SecretsRemoteSourceOptions options) : ISecretsRemoteSource
{
    private readonly RemoteMap _map = new(map);
    private readonly TimeSpan _timeLimit = options.LoadTimeLimit;

    public string Name { get; } = name;

    /// <summary>Gets how fast the source's client calls, for all its loads.</summary>
    protected CallPace Pace { get; } = new(options.MaxConcurrentCalls);

    /// <summary>Gets how often a call is made at the most.</summary>
    protected int MaxAttempts { get; } = options.MaxAttempts;

    public SecretsSourcePlan Plan(SecretsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new RemoteLoad(StoreFor(request, new LoadTime(_timeLimit, request.TimeProvider)), _map, request).Plan();
    }

    public async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        IRemoteStore store = StoreFor(request, new LoadTime(_timeLimit, request.TimeProvider));
        using var limit = new CancellationTokenSource(_timeLimit, request.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await RunAsync(new RemoteLoad(store, _map, request), store, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw new SecretsSourceException(
                SecretsErrorCode.Unavailable,
                FormattableString.Invariant($"{store.Place} did not give everything within {_timeLimit.TotalSeconds} s (LoadTimeLimit)."),
                request.SourceName);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private static async Task<SecretsBatch> RunAsync(RemoteLoad load, IRemoteStore store, CancellationToken cancellationToken)
    {
        try
        {
            return await load.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Task discarded = store.DiscardAsync().AsTask();
            if (!cancellationToken.IsCancellationRequested)
            {
                await discarded.ConfigureAwait(false);
            }

            // Whoever cancels, or set a limit that is over, does not wait for the login to be given up. That goes on, within a limit of its own.
            throw;
        }
    }

    /// <summary>Creates the face of the store for one request, without any I/O.</summary>
    protected abstract IRemoteStore StoreFor(SecretsRequest request, LoadTime time);
}
