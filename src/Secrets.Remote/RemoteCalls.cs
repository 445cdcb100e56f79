using System.Diagnostics.CodeAnalysis;

namespace Secrets.Remote;

/// <summary>The calls that a store makes during a load: so many at once, and with each vendor's failures turned into ours in the same way.</summary>
/// <typeparam name="TFailures">The vendor's table.</typeparam>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore holds nothing unless its wait handle is asked for.")]
internal sealed class RemoteCalls<TFailures>(string sourceName, Func<string> place, int mostAtOnce)
    where TFailures : IVendorFailures
{
    private readonly SemaphoreSlim _turns = new(mostAtOnce);

    /// <summary>Makes one call when it is its turn: of all calls of a load, however they are nested, only so many are under way at once.</summary>
    public async Task<T> TurnAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await call(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Makes a call that concerns one secret, several or the whole store.</summary>
    /// <param name="call">The call.</param>
    /// <param name="nativeName">The secret, or <see langword="null"/> where it is none alone.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="SecretsSourceException">The vendor failed, with the code of its table.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, string? nativeName, CancellationToken cancellationToken)
    {
        try
        {
            return await call(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (TFailures.IsVendors(failure, cancellationToken))
        {
            throw TFailures.Report(failure, sourceName, place(), nativeName);
        }
    }

    /// <summary>Follows the pages of a listing to the last one; a page may be empty and not the last.</summary>
    /// <param name="prefix">What is listed, for messages.</param>
    /// <param name="read">Reads the page of a token, <see langword="null"/> for the first, and gives what is on it, and the next one's token.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SecretsSourceException">The vendor failed, or a token came twice, so that the pages never end: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    public async Task<IReadOnlyList<RemoteListing>> ListAsync(
        string prefix, Func<string?, CancellationToken, Task<(IEnumerable<RemoteListing> Page, string? Next)>> read, CancellationToken cancellationToken)
    {
        var listings = new List<RemoteListing>();
        await RunAsync(
            async c =>
            {
                await Pages.ReadAsync(
                    place(),
                    sourceName,
                    async (token, t) =>
                    {
                        (IEnumerable<RemoteListing> page, string? next) = await TurnAsync(c2 => read(token, c2), t).ConfigureAwait(false);
                        listings.AddRange(page);
                        return next;
                    },
                    c).ConfigureAwait(false);
                return listings;
            },
            prefix + "*",
            cancellationToken).ConfigureAwait(false);
        return listings;
    }

    /// <summary>Fetches each secret by a call of its own: one that is missing or fails alone leaves the others.</summary>
    public async Task<IReadOnlyList<RemoteSecret>> FetchEachAsync(
        IReadOnlyCollection<RemoteName> names, Func<RemoteName, CancellationToken, Task<RemoteSecret>> fetch, CancellationToken cancellationToken) =>
        await Gather.AllAsync(names, mostAtOnce, (name, c) => RunAsync(t => FetchOneAsync(name, fetch, t), name.Name, c), cancellationToken).ConfigureAwait(false);

    /// <summary>Looks at the version of each secret by a call of its own, which gives <see langword="null"/> for one that is missing.</summary>
    /// <returns>
    /// What was found, or <see langword="null"/> where the first may not be looked at: then the others are not even asked for, since the permission is mostly given for all.
    /// One of the others that may not be looked at has no stamp, so that it alone is fetched.
    /// </returns>
    public Task<IReadOnlyList<RemoteListing>?> CheckEachAsync(
        IReadOnlyCollection<RemoteName> names, Func<RemoteName, CancellationToken, Task<RemoteListing?>> check, CancellationToken cancellationToken) => RunAsync(
        async c =>
        {
            if (names.Count == 0)
            {
                return [];
            }

            RemoteListing? first;
            try
            {
                first = await CheckOneAsync(names.First(), check, c).ConfigureAwait(false);
            }
            catch (Exception failure) when (TFailures.IsLackOfPermission(failure))
            {
                return null;
            }

            RemoteListing?[] others = await Gather.AllAsync([.. names.Skip(1)], mostAtOnce, OtherAsync, c).ConfigureAwait(false);
            return (IReadOnlyList<RemoteListing>?)[.. others.Prepend(first).OfType<RemoteListing>()];

            async Task<RemoteListing?> OtherAsync(RemoteName name, CancellationToken t)
            {
                try
                {
                    return await CheckOneAsync(name, check, t).ConfigureAwait(false);
                }
                catch (Exception failure) when (TFailures.IsLackOfPermission(failure))
                {
                    return new RemoteListing { Name = name };
                }
            }
        },
        nativeName: null,
        cancellationToken);

    private async Task<RemoteListing?> CheckOneAsync(RemoteName name, Func<RemoteName, CancellationToken, Task<RemoteListing?>> check, CancellationToken cancellationToken)
    {
        try
        {
            return await TurnAsync(c => check(name, c), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (TFailures.IsMissing(failure))
        {
            return null;
        }
    }

    private async Task<RemoteSecret> FetchOneAsync(RemoteName name, Func<RemoteName, CancellationToken, Task<RemoteSecret>> fetch, CancellationToken cancellationToken)
    {
        try
        {
            return await TurnAsync(c => fetch(name, c), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (TFailures.IsMissing(failure))
        {
            return new RemoteSecret { Name = name };
        }
        catch (Exception failure) when (TFailures.IsOfOneSecret(failure))
        {
            return new RemoteSecret { Name = name, Failure = TFailures.Report(failure, sourceName, place(), name.Name) };
        }
    }
}
