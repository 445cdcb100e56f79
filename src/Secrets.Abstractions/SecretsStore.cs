using System.Diagnostics;
using System.Text.Json.Serialization;
using Secrets.EnvironmentVariables;
using Secrets.Loading;
using Secrets.Merging;
using Secrets.Redaction;
using Secrets.Refreshing;

namespace Secrets;

/// <summary>
/// The live root that a build returns: a view whose snapshot is swapped whole when the sources change. Reads take one volatile read, no lock, and
/// allocate nothing. After disposal, reads serve the last snapshot.
/// </summary>
[DebuggerTypeProxy(typeof(SecretsViewDebugView))]
[DebuggerDisplay("SecretsStore, {Count} keys")]
[JsonConverter(typeof(SecretsViewJsonConverter))]
public sealed class SecretsStore : SecretsView, IDisposable, IAsyncDisposable
{
    private readonly Chain _chain;
    private readonly WarningLog _warnings = new();
    private readonly EnvironmentLedger _ledger;
    // Not the store itself: the ledger lives as long as the process, and would keep the secrets of a store that nobody disposed.
    private readonly object _exportOwner = new();
    private readonly Composition _composition;
    private readonly Subscriptions _subscriptions;
    private readonly Refresher _refresher;
    private volatile Snapshot _snapshot;
    private readonly bool _looksAtAge;
    private volatile bool _isReleased;
    private AsyncLocal<Overlay?>? _overlays;
    private long _lastReadCheck;

    private SecretsStore(Chain chain, IReadOnlyList<LoadedSource> loaded, EnvironmentLedger ledger)
    {
        _chain = chain;
        _ledger = ledger;
        _looksAtAge = chain.MaxReadAge is not null;
        _composition = new Composition(chain, _warnings);
        _subscriptions = new Subscriptions(chain.Options.Keys, _warnings);
        _snapshot = _composition.Compose(loaded, failing: new HashSet<string>(StringComparer.Ordinal), before: null);
        RequirementCheck.Verify(chain, _snapshot);
        _lastReadCheck = chain.TimeProvider.GetUtcNow().UtcTicks;
        _refresher = new Refresher(chain, loaded, _warnings, Publish);
        Warn(loaded);
        Export();
    }

    /// <summary>
    /// Raised after a swap, on a thread of the pool: says which paths were added, updated and removed, never their values.
    /// No state raises it twice. A handler that throws is named in <see cref="Warnings"/> and harms nobody; one that waits for a refresh would wait for itself.
    /// </summary>
    public event EventHandler<SecretsChangedEventArgs>? Changed;

    /// <summary>Gets the present snapshot, frozen: all that is read through it belongs together.</summary>
    public SecretsView Current => Served.Root.View;

    /// <summary>Gets what became of each source, in the order of precedence. Its text is a table.</summary>
    public SecretsSourceStatuses Sources
    {
        get
        {
            IReadOnlyList<LoadedSource> served = _snapshot.Sources;
            DateTimeOffset now = _chain.TimeProvider.GetUtcNow();
            return new SecretsSourceStatuses([.. _refresher.Slots.Select(s => new SecretsSourceStatus(s, served[s.Loaded.Rank], now))]);
        }
    }

    /// <summary>Gets what a person should know and failed nothing, in the order in which it arose. It never holds a value.</summary>
    public IReadOnlyList<SecretsWarning> Warnings => _warnings.All;

    /// <summary>
    /// Gets the paths of leaves that nobody has read since the build, as a typo leaves them. Binding, revealing and comparing read; printing masked,
    /// listing and exporting do not.
    /// </summary>
    public IReadOnlyList<string> Unread => [.. _snapshot.ByPath.Where(e => !e.Value.WasRead).Select(e => e.Key)];

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

    private Snapshot Served => AsSeen(_snapshot);

    /// <summary>Gets the end of the refreshes that are under way and waiting, and of what signals have begun, for tests.</summary>
    internal Task Idle => _refresher.Idle;

    /// <summary>
    /// Reads all sources again, each for what it is now asked for. Calls while one is under way join it. What fails keeps what it last gave.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, not the refresh, which others may wait for too.</param>
    /// <returns>A task that ends when the sources have been read and what changed is served.</returns>
    /// <exception cref="SecretsSourceException">A source failed, with its code; the others' changes are served.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed: <see cref="SecretsErrorCode.InvalidFormat"/>; the others' changes are served.</exception>
    /// <exception cref="ObjectDisposedException">The store is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default) =>
        ThrowIfAny((await RequestAsync([.. Enumerable.Range(0, _chain.Entries.Count)], cancellationToken).ConfigureAwait(false)).Select(s => s.Trouble));

    /// <summary>
    /// Gives a value that was checked not long ago: sources at or above the one that supplies it, whose last success is older, are read first.
    /// Of a section, and of what is nowhere, all are.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="maxAge">How long ago the last success may be.</param>
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
    public async Task<SecretValue> GetAsync(string path, TimeSpan maxAge, CancellationToken cancellationToken = default)
    {
        SecretPath parsed = SecretPath.Parse(path, nameof(path));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAge, TimeSpan.Zero);
        ObjectDisposedException.ThrowIf(_isReleased, this);
        for (var asked = new HashSet<int>();;)
        {
            Snapshot snapshot = _snapshot;
            SecretValue? present = snapshot.Root.FindBySegments(parsed.Segments);
            int lowest = present is null or { Kind: SecretKind.Section } ? int.MaxValue : snapshot.RankOf(present.Origin.SourceName);
            IReadOnlyList<SourceSlot> old = _refresher.OlderThan(maxAge, parsed, lowest);
            int[] ranks = [.. old.Select(s => s.Loaded.Rank).Where(asked.Add)];
            if (ranks.Length == 0)
            {
                // Asked just now and still old: the value itself cannot be read, and an older one is held.
                ThrowIfAny(old.Select(s => s.Loaded.HeldAt(parsed)));
                return AsSeen(snapshot).Root.GetByPath(path);
            }

            // The answer may come from a lower source then, which may be old too.
            IReadOnlyList<SourceSlot> slots = await RequestAsync(ranks, cancellationToken).ConfigureAwait(false);
            ThrowIfAny(ranks.Select(rank => slots[rank].Loaded.Failure));
        }
    }

    /// <summary>Calls a handler after each change at a path or below it, or of the array that it lies in.</summary>
    /// <param name="path">The path of a leaf or of a section.</param>
    /// <param name="handler">Called as <see cref="Changed"/> is, with these changes alone, and never by two threads at a time.</param>
    /// <param name="fireNow">Whether to call it at once too, before any change, with all leaves that are there as added.</param>
    /// <returns>Ends the calls when it is disposed; disposing the store does too.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    public IDisposable OnChange(string path, Action<SecretsChangedEventArgs> handler, bool fireNow = false)
    {
        ArgumentNullException.ThrowIfNull(handler);
        SecretPath parsed = SecretPath.Parse(path, nameof(path));
        return _subscriptions.Add(parsed, handler, fireNow ? Present : null);

        SecretsChangedEventArgs Present()
        {
            Snapshot snapshot = _snapshot;
            return new SecretsChangedEventArgs([.. ChangeSet.PathsOf(snapshot)], [], [], snapshot.Root.View);
        }
    }

    /// <summary>
    /// Ends refreshes and watching and takes back what was exported to the process environment. It waits neither for a refresh that is under way nor for
    /// leases and logins to be given up, which goes on in the background: <see cref="DisposeAsync"/> waits for both.
    /// </summary>
    public void Dispose()
    {
        _refresher.Stop();
        Release();
        _refresher.DisposeInBackground();
    }

    /// <summary>
    /// Ends refreshes and watching, takes back what was exported to the process environment, waits for a refresh that is under way, and gives up the
    /// leases and logins that sources hold. A handler of a change that waits for it would wait for itself.
    /// </summary>
    /// <returns>A task that ends when nothing is left running.</returns>
    public async ValueTask DisposeAsync()
    {
        _refresher.Stop();
        Release();
        await _refresher.DisposeAsync().ConfigureAwait(false);
    }

    // Only a store that a test has overridden has overlays; for all others this is one look at a field.
    private Snapshot AsSeen(Snapshot snapshot) => _overlays is null ? snapshot : Overlay.Live(_overlays.Value)?.Over(snapshot) ?? snapshot;

    /// <summary>Lays values over the store's for this flow of execution and what it starts, until the result is disposed; Secrets.Testing makes it public.</summary>
    /// <exception cref="ArgumentException">A path or a value's type is none.</exception>
    /// <exception cref="SecretsSourceException">A path is too deep.</exception>
    internal IDisposable Override(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        Interlocked.CompareExchange(ref _overlays, new AsyncLocal<Overlay?>(), comparand: null);
        return _overlays.Value = new Overlay(Overlay.Live(_overlays.Value), values, _chain.Options.Comparison, _chain.TimeProvider);
    }

    internal static SecretsStore Create(Chain chain, IReadOnlyList<LoadedSource> loaded, EnvironmentLedger ledger)
    {
        var store = new SecretsStore(chain, loaded, ledger);
        store._refresher.Start();
        return store;
    }

    private static void ThrowIfAny(IEnumerable<Exception?> failures)
    {
        Exception[] thrown = [.. failures.OfType<Exception>().Select(Redaction.Redaction.Again)];
        if (thrown.Length > 0)
        {
            throw SourceFailures.Combine(thrown, "sources failed");
        }
    }

    private Task<IReadOnlyList<SourceSlot>> RequestAsync(IReadOnlyCollection<int> ranks, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _refresher.RequestAsync(ranks).WaitAsync(cancellationToken);
    }

    private void Publish(IReadOnlyList<LoadedSource> loaded, IReadOnlySet<string> failing)
    {
        Snapshot before = _snapshot;
        Snapshot after = _composition.Compose(loaded, failing, before);
        _snapshot = after;
        Warn(loaded);
        Export();
        if (ChangeSet.Between(before, after) is { } changes)
        {
            foreach (Delegate handler in Changed?.GetInvocationList() ?? [])
            {
                if (!_isReleased)
                {
                    _subscriptions.Call(c => ((EventHandler<SecretsChangedEventArgs>)handler)(this, c), changes);
                }
            }

            _subscriptions.Publish(changes);
        }
    }

    private void Warn(IReadOnlyList<LoadedSource> loaded)
    {
        foreach (LoadedSource source in loaded)
        {
            foreach (string warning in source.Batch?.Warnings ?? [])
            {
                _warnings.AddOnce(SecretsWarningCode.Source, warning, source.Name, path: null);
            }
        }
    }

    private void Export()
    {
        try
        {
            if (EnvironmentExport.Select(_snapshot, _warnings) is not { } variables)
            {
                return;
            }

            // Under the ledger's own lock, so that a refresh which ends after disposal exports nothing that nobody would take back.
            _ledger.Run(() =>
            {
                if (!_isReleased)
                {
                    _ledger.Export(_exportOwner, variables);
                }
            });
        }
        catch (Exception failure)
        {
            // What the platform refuses must not keep anybody from hearing of the change.
            _warnings.AddOnce(
                SecretsWarningCode.NotExported,
                $"The environment refused a variable with {failure.GetType().FullName}; set ExportToEnvironment to false, or look for an unusual key.",
                sourceName: null,
                path: null);
        }
    }

    private void Release()
    {
        _ledger.Run(() =>
        {
            _isReleased = true;
            _ledger.Release(_exportOwner);
        });
        _subscriptions.Clear();
        Changed = null;
    }

    private void RefreshIfOlder(TimeSpan age)
    {
        // The wall clock: a host that freezes the process may stop the other one too.
        long last = Interlocked.Read(ref _lastReadCheck), now = _chain.TimeProvider.GetUtcNow().UtcTicks;
        if (Math.Abs(now - last) > age.Ticks && Interlocked.CompareExchange(ref _lastReadCheck, now, last) == last)
        {
            _refresher.RequestOlderThan(age);
        }
    }
}
