using Secrets.Remote.Calls;
using Secrets.Remote.Loading;

namespace Secrets.Remote;

/// <summary>
/// A source of secrets that reads a <see cref="IRemoteStore"/>. It asks for what the program requires, in as few calls as the store allows, reads again only what changed, and reports
/// each failure with its code. Add it with <see cref="SecretsBuilder.Add(ISecretsSource, SecretsSourceOptions)"/>, which takes the same options.
/// </summary>
/// <remarks>It keeps no secret from load to load: what continues travels in the batch. It does not dispose the store.</remarks>
public class RemoteSource : ISecretsRemoteSource, ISecretsPlaces
{
    private readonly Func<SecretsRequest, RemoteCalls, IRemoteStore> _createStore;
    private readonly RemoteFailures _failures;
    private readonly RemoteMap _map;
    private readonly TimeSpan _timeLimit;
    private readonly CallPace _pace;
    private readonly int _maxAttempts;

    /// <summary>Creates a source of a store.</summary>
    /// <param name="name">The kind's name, which origins and messages show: one short word, such as <c>vault</c>.</param>
    /// <param name="store">The store.</param>
    /// <param name="options">The limits, and which secrets are read. They are copied.</param>
    /// <param name="failures">The store's table of failures; <see langword="null"/> for HTTP's.</param>
    /// <exception cref="SecretsSourceException">An option is invalid: <see cref="SecretsErrorCode.InvalidConfiguration"/>; the message names all that are.</exception>
    public RemoteSource(string name, IRemoteStore store, RemoteSourceOptions options, RemoteFailures? failures = null)
        : this(name, (_, _) => store, options, failures) => ArgumentNullException.ThrowIfNull(store);

    /// <summary>Creates a source whose store is another object for each load, because it needs the load's clock or state.</summary>
    /// <param name="name">The kind's name, which origins and messages show: one short word, such as <c>vault</c>.</param>
    /// <param name="createStore">Creates the store for one load or plan, without any I/O.</param>
    /// <param name="options">The limits, and which secrets are read. They are copied.</param>
    /// <param name="failures">The store's table of failures; <see langword="null"/> for HTTP's.</param>
    /// <exception cref="SecretsSourceException">An option is invalid: <see cref="SecretsErrorCode.InvalidConfiguration"/>; the message names all that are.</exception>
    public RemoteSource(string name, Func<SecretsRequest, IRemoteStore> createStore, RemoteSourceOptions options, RemoteFailures? failures = null)
        : this(name, (request, _) => createStore(request), options, failures) => ArgumentNullException.ThrowIfNull(createStore);

    internal RemoteSource(string name, Func<SecretsRequest, RemoteCalls, IRemoteStore> createStore, RemoteSourceOptions options, RemoteFailures? failures = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(name);
        Name = name;
        _createStore = createStore;
        _failures = failures ?? RemoteFailures.Default;
        _map = new RemoteMap(options.Map);
        _map.AddAllIfEmpty();
        _timeLimit = options.LoadTimeLimit;
        _pace = new CallPace(options.MaxConcurrentCalls);
        _maxAttempts = options.MaxAttempts;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SecretsSourcePlan Plan(SecretsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new RemoteLoad(StoreFor(request), _map, request).Plan();
    }

    /// <inheritdoc/>
    public async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        StoreCalls store = StoreFor(request);
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

    /// <inheritdoc/>
    public IReadOnlyList<string> PlacesOf(SecretPath path, SecretsBatch loaded)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        return [.. ((loaded.State as RemoteState)?.Places ?? []).Where(p => p.Concerns(path)).Select(p => p.Text)];
    }

    private static async Task<SecretsBatch> RunAsync(RemoteLoad load, StoreCalls store, CancellationToken cancellationToken)
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

    private StoreCalls StoreFor(SecretsRequest request)
    {
        IRemoteStore store = null!;
        var time = new LoadTime(_timeLimit, request.TimeProvider);
        var calls = new RemoteCalls(_failures, request.SourceName, () => store.Place, _pace, time, _maxAttempts);
        store = _createStore(request, calls);
        return new StoreCalls(store, request.SourceName, calls);
    }
}
