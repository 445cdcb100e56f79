using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Secrets.Remote.Http;

namespace Secrets.Remote.Calls;

/// <summary>
/// The calls of one load. Each call waits for a permit of the client's pace and is retried where it may succeed; vendors' failures become ours in the same way for every store.
/// A failure of one secret leaves the others. Where the store is out, the calls that have not begun fail with it, so that a load in an outage ends soon.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A source without a timer and without a wait handle holds nothing.")]
internal sealed class RemoteCalls(RemoteFailures failures, string sourceName, Func<string> place, CallPace pace, LoadTime time, int maxAttempts)
{
    private readonly CancellationTokenSource _givenUp = new();
    private Exception? _lost;

    /// <summary>Makes one call once it has a permit, and again where it failed in a way that may pass.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the call and the wait for it.</param>
    /// <param name="isRepeatable">Whether a second call does no harm where the first arrived and its answer did not: not so for calls that create credentials.</param>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, bool isRepeatable = true)
    {
        for (int tries = 0; ;)
        {
            CallPermit permit = await EnterAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                T answer = await call(cancellationToken).ConfigureAwait(false);
                pace.Answered(time);
                return answer;
            }
            catch (Exception failure) when (Find(failure, cancellationToken) is { } found)
            {
                TimeSpan? wait = Judge(failure, found, permit, isRepeatable, ref tries);
                if (wait is null)
                {
                    throw;
                }

                await Task.Delay(wait.Value, time.Clock, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                pace.Abandoned();
                throw;
            }
        }
    }

    /// <summary>Says what an exception means; <see langword="null"/> for one that is passed on unchanged, such as the caller's own cancellation.</summary>
    public RemoteFailure? Find(Exception failure, CancellationToken cancellationToken) =>
        failure is RemoteException told ? told.Failure
        : failure is SecretsSourceException || (failure is OperationCanceledException && cancellationToken.IsCancellationRequested) ? null
        : failures.Find(failure);

    /// <summary>Does work that concerns one secret, several or the whole store.</summary>
    /// <param name="work">The work.</param>
    /// <param name="nativeName">The secret; <see langword="null"/> where it is not one alone.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="isList">Whether the work is a list, which may need another permission.</param>
    /// <exception cref="SecretsSourceException">The vendor failed, with the code of its table.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, string? nativeName, CancellationToken cancellationToken, bool isList = false)
    {
        try
        {
            return await work(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (Find(failure, cancellationToken) is { } found)
        {
            throw found.ToException(sourceName, place(), nativeName, isList);
        }
    }

    /// <summary>Follows the pages of a listing to the last one; a page may be empty and not the last.</summary>
    /// <param name="prefix">What is listed, for messages.</param>
    /// <param name="read">Reads the page of a token, <see langword="null"/> for the first, and gives what is on it, and the next one's token.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SecretsSourceException">The vendor failed, or a token came twice, so that the pages never end: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    public async Task<IReadOnlyList<RemoteMetadata>> ListAsync(
        string prefix, Func<string?, CancellationToken, Task<(IEnumerable<RemoteMetadata> Page, string? Next)>> read, CancellationToken cancellationToken)
    {
        var listings = new List<RemoteMetadata>();
        await RunAsync(
            async c =>
            {
                await Pages.ReadAsync(
                    async (token, t) =>
                    {
                        (IEnumerable<RemoteMetadata> page, string? next) = await CallAsync(c2 => read(token, c2), t).ConfigureAwait(false);
                        listings.AddRange(page);
                        return next;
                    },
                    c).ConfigureAwait(false);
                return listings;
            },
            prefix + "*",
            cancellationToken,
            isList: true).ConfigureAwait(false);
        return listings;
    }

    /// <summary>Fetches each secret by itself: one that is missing or fails leaves the others. The calls within wait for permits.</summary>
    public async Task<IReadOnlyList<RemoteAnswer>> FetchEachAsync(
        IReadOnlyCollection<RemoteName> names, Func<RemoteName, CancellationToken, Task<RemoteAnswer>> fetch, CancellationToken cancellationToken) =>
        await ParallelWork.RunAsync(names, (name, c) => FetchOneAsync(name, fetch, c), cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Fetches the secrets of a group one by one, after a call for all of them failed: one can spoil the answer for all. Where both the first and the last find the store
    /// unavailable, it is not one secret's failure, and no other is asked for.
    /// </summary>
    public async Task<IReadOnlyList<RemoteAnswer>> FetchApartAsync(
        RemoteName[] names, Func<RemoteName, CancellationToken, Task<RemoteAnswer>> fetch, CancellationToken cancellationToken)
    {
        RemoteName[] ends = names.Length == 1 ? names : [names[0], names[^1]];
        IReadOnlyList<RemoteAnswer> answers = await FetchEachAsync(ends, fetch, cancellationToken).ConfigureAwait(false);
        RemoteName[] between = [.. names.Skip(1).SkipLast(1)];
        return answers.All(a => a.Failure?.Code == SecretsErrorCode.Unavailable)
            ? [.. answers, .. between.Select(n => new RemoteAnswer(n) { Failure = answers[0].Failure, IsStoreOut = answers[0].IsStoreOut })]
            : [.. answers, .. await FetchEachAsync(between, fetch, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Makes the answer for a secret whose call failed.</summary>
    public RemoteAnswer Failed(RemoteName name, RemoteFailure failure)
    {
        RemoteFailureKind kind = failure.Kind;
        return kind == RemoteFailureKind.Missing ? new RemoteAnswer(name) : new RemoteAnswer(name)
        {
            Failure = failure.ToException(sourceName, place(), name.ToString()),
            IsStoreOut = kind is RemoteFailureKind.Store or RemoteFailureKind.Throttled || (kind == RemoteFailureKind.NoAnswer && _lost is not null),
        };
    }

    /// <summary>Looks at the version of each secret by itself; the look gives <see langword="null"/> for one that is missing. The calls within wait for permits.</summary>
    /// <returns>
    /// What was found, or <see langword="null"/> where the first is denied: then the others are not even asked for, since the permission is mostly given for all.
    /// One of the others that is denied has no stamp, so that it alone is fetched. One that fails carries its failure.
    /// </returns>
    public async Task<IReadOnlyList<RemoteMetadata>?> CheckEachAsync(
        IReadOnlyCollection<RemoteName> names, Func<RemoteName, CancellationToken, Task<RemoteMetadata?>> check, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return [];
        }

        RemoteMetadata? first;
        try
        {
            first = await check(names.First(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (Find(failure, cancellationToken) is { } found)
        {
            if (found.Kind == RemoteFailureKind.Denied)
            {
                return null;
            }

            first = NotChecked(names.First(), found);
        }

        RemoteMetadata?[] others = await ParallelWork.RunAsync([.. names.Skip(1)], OtherAsync, cancellationToken).ConfigureAwait(false);
        return [.. others.Prepend(first).OfType<RemoteMetadata>()];

        async Task<RemoteMetadata?> OtherAsync(RemoteName name, CancellationToken c)
        {
            try
            {
                return await check(name, c).ConfigureAwait(false);
            }
            catch (Exception failure) when (Find(failure, c) is { } found)
            {
                return found.Kind == RemoteFailureKind.Denied ? new RemoteMetadata { Name = name } : NotChecked(name, found);
            }
        }
    }

    private RemoteMetadata? NotChecked(RemoteName name, RemoteFailure failure) =>
        Failed(name, failure) is { IsMissing: false } failed ? new RemoteMetadata { Name = name, Answer = failed } : null;

    private async Task<RemoteAnswer> FetchOneAsync(RemoteName name, Func<RemoteName, CancellationToken, Task<RemoteAnswer>> fetch, CancellationToken cancellationToken)
    {
        try
        {
            return await fetch(name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (Find(failure, cancellationToken) is { } found)
        {
            return Failed(name, found);
        }
    }

    private async Task<CallPermit> EnterAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _givenUp.Token);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            return await pace.EnterAsync(time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && _lost is not null)
        {
            ExceptionDispatchInfo.Throw(_lost);
            throw;
        }
    }

    /// <summary>Decides what follows from a failure.</summary>
    /// <returns>How long to wait before the call asks for another permit; <see langword="null"/> where it is not made again.</returns>
    private TimeSpan? Judge(Exception failure, RemoteFailure found, CallPermit permit, bool isRepeatable, ref int tries)
    {
        TimeSpan? asked = found.RetryAfter;
        RemoteFailureKind kind = found.Kind;
        if (kind == RemoteFailureKind.Throttled)
        {
            // The server refused it before it did anything.
            return pace.Throttled(permit, asked, failure, time) < time.Left ? TimeSpan.Zero : GiveUp(failure);
        }

        bool isSafe = isRepeatable || NetworkFailure.NeverArrived(failure);
        if (kind == RemoteFailureKind.Store && !found.IsTransient && NetworkFailure.KindOf(NetworkFailure.CauseOf(failure)) == RemoteFailureKind.Secret)
        {
            // The server answered, as where it refuses a login: it is not out, and no call of this load can succeed. None may take the permit that ends here.
            GiveUp(failure);
            pace.Answered(time);
            return null;
        }

        if (kind == RemoteFailureKind.Store || (kind == RemoteFailureKind.NoAnswer && !pace.AnsweredSince(permit)))
        {
            int losses = pace.Lost(permit, asked, failure, time);
            return found.IsTransient && isSafe && losses < maxAttempts ? TimeSpan.Zero : GiveUp(failure);
        }

        if (kind == RemoteFailureKind.NoAnswer)
        {
            pace.Abandoned();
        }
        else
        {
            pace.Answered(time);
        }

        TimeSpan wait = CallPace.Backoff(++tries);
        return found.IsTransient && isSafe && tries < maxAttempts && wait < time.Left ? wait : null;
    }

    private TimeSpan? GiveUp(Exception failure)
    {
        Interlocked.CompareExchange(ref _lost, failure, comparand: null);
        _givenUp.Cancel();
        return null;
    }
}
