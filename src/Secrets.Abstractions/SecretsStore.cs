using System.Diagnostics;
using System.Text.Json.Serialization;
using Secrets.Loading;
using Secrets.Merging;
using Secrets.Redaction;
using Secrets.Refreshing;
using Secrets.Timing;

namespace Secrets;

/// <summary>
/// The live root that a build returns: a view whose snapshot is swapped whole when the sources change. Reads take one volatile read, no lock, and
/// allocate nothing; the first read of a dotted path creates the table of paths. After disposal, reads serve the last snapshot.
/// </summary>
[DebuggerTypeProxy(typeof(SecretsViewDebugView))]
[DebuggerDisplay("SecretsStore, {Count} keys")]
[JsonConverter(typeof(SecretsViewJsonConverter))]
public sealed class SecretsStore : SecretsView, IDisposable, IAsyncDisposable
{
    private readonly Chain _chain;
    private readonly LiveSnapshot _live;
    private readonly DeferredRefresher _refresher;
    private readonly bool _looksAtAge;
    private AsyncLocal<Overlay?>? _overlays;
    private ReadCheck? _lastReadCheck;

    private SecretsStore(Chain chain, IReadOnlyList<LoadedSource> loaded)
    {
        _chain = chain;
        _looksAtAge = chain.MaxReadAge is not null;
        _live = new LiveSnapshot(this, chain, loaded);
        _lastReadCheck = _looksAtAge ? new ReadCheck(Moment.Now(chain.TimeProvider)) : null;
        _refresher = new DeferredRefresher(chain, loaded, _live, AsSeen);
    }

    /// <summary>
    /// Raised after a swap: says which paths were added, updated and removed, never their values. No state raises it twice. Handlers are called in order, one at a time, on a
    /// thread of the pool. Nothing of the store waits for them, so a handler may block, and may await <see cref="RefreshAsync"/> or <see cref="DisposeAsync"/>; it only delays
    /// other handlers. One that throws is named in <see cref="Warnings"/>.
    /// </summary>
    public event EventHandler<SecretsChangedEventArgs>? Changed
    {
        add => _live.Changed += value;
        remove
        {
            _live.Changed -= value;
            _live.ForgetRemoved(value);
        }
    }

    /// <summary>Gets the present snapshot, frozen: all that is read through it belongs together.</summary>
    public SecretsView Current => Served.Root.View;

    /// <summary>
    /// Gets the status of each source, in the order of precedence. The text of the list is a table: state, secrets, age in seconds, failures, last error and seconds until the next refresh.
    /// </summary>
    public IReadOnlyList<SecretsSourceStatus> Sources
    {
        get
        {
            IReadOnlyList<LoadedSource> served = _live.Present.Sources;
            Moment now = Moment.Now(_chain.TimeProvider);
            return new PrintedList<SecretsSourceStatus>(
                [.. _refresher.Value.Slots.Select(s => new SecretsSourceStatus(s, served[s.Loaded.Rank], now, _refresher.Value.IsStale(s)))], SecretsSourceStatus.Table);
        }
    }

    /// <summary>
    /// Gets what a person should know now, in the order in which it arose: a source that fails is in it until it is read again. It never holds a value.
    /// <see cref="SecretsBuilder.OnWarning"/> tells of each warning when it arises.
    /// </summary>
    public IReadOnlyList<SecretsWarning> Warnings => _live.Warnings.All;

    /// <summary>
    /// Gets the paths of leaves that have not been read since the build, or since they came back: a misspelled key shows up here. Binding, revealing and comparing count as reads; printing masked,
    /// listing and exporting do not.
    /// </summary>
    public IReadOnlyList<string> Unread => [.. _live.Present.ByPath.Where(e => !e.Value.WasRead).Select(e => e.Key)];

    internal override SectionNode Node
    {
        get
        {
            if (_looksAtAge)
            {
                RefreshIfOlder(_chain.MaxReadAge!.Value);
            }

            return Served.Root;
        }
    }

    /// <summary>Gets the present snapshot without what a test has laid over it for one flow of execution, for caches that all flows share.</summary>
    internal SecretsView Shared => _live.Present.Root.View;

    /// <summary>Raised at each swap, before the refresh returns, so that a cache is never older than the store. A handler must neither block nor throw.</summary>
    internal event EventHandler? Swapped
    {
        add => _live.Swapped += value;
        remove => _live.Swapped -= value;
    }

    /// <summary>Gets a task that ends when no refresh is under way or waiting, and what signals have begun is done, for tests.</summary>
    internal Task Idle => _refresher.Value.Idle;

    /// <summary>Gets a value indicating whether there is a refresher, for tests.</summary>
    internal bool IsRefreshing => _refresher.IsCreated;

    /// <summary>Gets a task that ends when no handler is running or waiting to be called, for tests.</summary>
    internal Task HandlersIdle => _live.HandlersIdle;

    /// <summary>Gets the number of handlers that the store would call at a change, for tests.</summary>
    internal int HandlerCount => _live.HandlerCount;

    /// <summary>Gets the number of paths whose reads are remembered, for tests.</summary>
    internal int ReadMarkCount => _chain.Reads.Count;

    private Snapshot Served => AsSeen(_live.Present);

    /// <summary>
    /// Reads all sources again, each for what it is now asked for. A call joins a refresh only where that has not begun to read, so it never gets what was read before it was
    /// made. What fails keeps what it last gave. A source that hangs ends with <see cref="SecretsErrorCode.Unavailable"/> after its <see cref="SecretsSourceOptions.LoadTimeLimit"/>;
    /// the others are served before.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, not the refresh, which others may wait for too.</param>
    /// <returns>A task that ends when the sources have been read and what changed is served.</returns>
    /// <exception cref="SecretsSourceException">A source failed, or one of its secrets cannot be read, with its code; other changes are served.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed: <see cref="SecretsErrorCode.InvalidFormat"/>; other changes are served.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default) =>
        SourceFailures.ThrowIfAny((await _refresher.Value.RequestAsync([.. Enumerable.Range(0, _chain.Entries.Count)], cancellationToken: cancellationToken).ConfigureAwait(false))
            .SelectMany(s => s.Loaded.Errors));

    /// <summary>
    /// Gives a value that was checked not long ago. Sources at or above the one that supplies it are read first where their last successful check began longer ago. For a section,
    /// and for what is nowhere, all sources count. What a remote store no longer has is looked for a second time at once, and is then not found, also where the program
    /// requires it.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="maxAge">How long ago the last successful check may have begun.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The age is negative.</exception>
    /// <exception cref="SecretNotFoundException">There is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsSourceException">A source that had to be read failed, with its code: an older value would not be what was asked for.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SecretValue> GetFreshAsync(string path, TimeSpan maxAge, CancellationToken cancellationToken = default)
    {
        SecretPath parsed = SecretPath.Parse(path, nameof(path));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAge, TimeSpan.Zero);
        ObjectDisposedException.ThrowIf(_live.IsReleased, this);
        return await _refresher.FreshReads.GetAsync(parsed, path, maxAge, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reports that a server refused a value. Where it is still the present one, the sources of its path are read at once and awaited, and are told to replace it. Reports of the same
    /// path within the next 5 seconds share that refresh.
    /// </summary>
    /// <param name="path">The path of the value.</param>
    /// <param name="value">The text that was refused.</param>
    /// <param name="cancellationToken">Ends the wait, not the refresh.</param>
    /// <returns>
    /// <see langword="true"/> where there is a new value, with which another try is worth it; <see langword="false"/> where the value is the same, is gone, or its source cannot be read, which
    /// <see cref="Sources"/> and <see cref="Warnings"/> then say.
    /// </returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<bool> ReportRejectedAsync(string path, string value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return ReportRejectedAsync(path, present => string.Equals(present.Text, value, StringComparison.Ordinal), cancellationToken);
    }

    /// <summary>Reports that a server refused a value, as <see cref="ReportRejectedAsync(string, string, CancellationToken)"/> does.</summary>
    /// <param name="path">The path of the value.</param>
    /// <param name="value">The value that was refused: a leaf, or a section such as a user with a password.</param>
    /// <param name="cancellationToken">Ends the wait, not the refresh.</param>
    /// <returns><see langword="true"/> where there is a new value.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<bool> ReportRejectedAsync(string path, SecretValue value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return ReportRejectedAsync(path, value.HasSameContent, cancellationToken);
    }

    /// <summary>
    /// Calls a handler after each change at a path or below it, or of the array that it lies in. The handler gets the section at the path before and after the change besides.
    /// </summary>
    /// <param name="path">The path of a leaf or of a section.</param>
    /// <param name="handler">Called as those of <see cref="Changed"/> are, with the changes at this path alone.</param>
    /// <param name="fireNow">Whether to call it now too, before any change, with all leaves that are there as added. This method does not wait for that call.</param>
    /// <returns>Ends the calls when it is disposed; disposing the store does too.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    public IDisposable OnChange(string path, Action<SecretsChangedEventArgs> handler, bool fireNow = false)
    {
        ArgumentNullException.ThrowIfNull(handler);
        SecretPath parsed = SecretPath.Parse(path, nameof(path));
        return _live.Subscriptions.Add(parsed, handler, fireNow ? Present : null);

        SecretsChangedEventArgs Present()
        {
            Snapshot snapshot = _live.Present;
            return new SecretsChangedEventArgs([.. ChangeSet.PathsOf(snapshot)], [], [], previousView: null, snapshot.Root.View);
        }
    }

    /// <summary>
    /// Ends refreshes and watching, starts no further handler, and takes back what was exported to the process environment. It waits neither for a refresh that is under way nor
    /// for leases and logins to be given up, which goes on in the background: <see cref="DisposeAsync"/> waits for both.
    /// </summary>
    public void Dispose()
    {
        Refresher? refresher = _refresher.Stop();
        _live.Release();
        refresher?.DisposeInBackground();
    }

    /// <summary>
    /// Ends refreshes and watching, starts no further handler, takes back what was exported to the process environment, waits for a refresh that is under way, and gives up the
    /// leases and logins that sources hold. A source that ignores its cancellation is waited for 5 seconds at most. It does not wait for a handler that is running, so a handler may await it.
    /// </summary>
    /// <returns>A task that ends when nothing but such a handler is left running.</returns>
    public async ValueTask DisposeAsync()
    {
        Refresher? refresher = _refresher.Stop();
        _live.Release();
        if (refresher is not null)
        {
            await refresher.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Only a store that a test has overridden has overlays; for all others this is one look at a field.
    private Snapshot AsSeen(Snapshot snapshot) => _overlays is null ? snapshot : Overlay.Live(_overlays.Value)?.Over(snapshot) ?? snapshot;

    /// <summary>Lays values over the store's for this flow of execution and what it starts, until the result is disposed; Secrets.Testing makes it public.</summary>
    /// <exception cref="ArgumentException">A key is not a valid path, or a value has an unsupported type.</exception>
    /// <exception cref="SecretsSourceException">A path is too deep.</exception>
    internal IDisposable Override(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        Interlocked.CompareExchange(ref _overlays, new AsyncLocal<Overlay?>(), comparand: null);
        return _overlays.Value = new Overlay(Overlay.Live(_overlays.Value), values, _chain.Options.Comparison, _chain.TimeProvider);
    }

    internal static SecretsStore Create(Chain chain, IReadOnlyList<LoadedSource> loaded)
    {
        var store = new SecretsStore(chain, loaded);
        store._refresher.StartIfNeeded();
        return store;
    }

    private async Task<bool> ReportRejectedAsync(string path, Func<SecretValue, bool> isRejected, CancellationToken cancellationToken)
    {
        SecretPath parsed = SecretPath.Parse(path, nameof(path));
        ObjectDisposedException.ThrowIf(_live.IsReleased, this);
        return await _refresher.FreshReads.ReplaceAsync(parsed, isRejected, cancellationToken).ConfigureAwait(false);
    }

    private void RefreshIfOlder(TimeSpan age)
    {
        ReadCheck last = Volatile.Read(ref _lastReadCheck)!;
        Moment now = Moment.Now(_chain.TimeProvider);
        if (now.Since(last.At) > age && ReferenceEquals(Interlocked.CompareExchange(ref _lastReadCheck, new ReadCheck(now), last), last))
        {
            _refresher.Value.RequestOlderThan(age);
        }
    }

    // An object, so that it is exchanged whole.
    private sealed class ReadCheck(Moment at)
    {
        public Moment At { get; } = at;
    }
}
