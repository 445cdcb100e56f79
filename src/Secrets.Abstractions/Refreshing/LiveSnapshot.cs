using Secrets.EnvironmentVariables;
using Secrets.Loading;
using Secrets.Merging;
using Secrets.Redaction;

namespace Secrets.Refreshing;

/// <summary>The snapshot that a store serves. Each swap exports it and queues the handlers.</summary>
internal sealed class LiveSnapshot
{
    private readonly object _sender;
    private readonly Chain _chain;
    private readonly Composition _composition;
    private readonly HandlerQueue _queue = new();
    private readonly HandlerCalls _calls;

    // Not the store itself: the ledger lives as long as the process and would keep the secrets of an undisposed store in memory.
    private readonly object _exportOwner = new();
    private volatile Snapshot _present;
    private volatile bool _isReleased;

    public LiveSnapshot(object sender, Chain chain, IReadOnlyList<LoadedSource> loaded)
    {
        _sender = sender;
        _chain = chain;
        _composition = new Composition(chain, Warnings);
        _calls = new HandlerCalls(Warnings);
        Subscriptions = new Subscriptions(chain.Options.Keys, _queue, _calls);
        Warnings.Raised = chain.WarningHandlers.Count == 0 ? null : warning => _queue.Post(() => Call(warning));
        _present = _composition.Compose(loaded, failing: new HashSet<string>(StringComparer.Ordinal), before: null);
        if (chain.Demands.Count + chain.BindingChecks.Count > 0)
        {
            RequirementCheck.Verify(chain, _present);
        }

        foreach (LoadedSource source in loaded)
        {
            if (source.Error is not null || source.Batch is { Warnings.Count: > 0 })
            {
                Warnings.Replace(GroupOf(source.Name), SourceWarnings.Of(source, source));
            }
        }

        Export();
    }

    /// <summary>Raised through the queue, after a swap.</summary>
    public event EventHandler<SecretsChangedEventArgs>? Changed;

    /// <summary>Raised at each swap, before the refresh returns, for what must never be older than the snapshot. A handler must neither block nor throw.</summary>
    public event EventHandler? Swapped;

    public WarningLog Warnings { get; } = new();

    public Subscriptions Subscriptions { get; }

    public Snapshot Present => _present;

    public bool IsReleased => _isReleased;

    /// <summary>Gets a task that ends when no handler is running or waiting to be called, for tests.</summary>
    public Task HandlersIdle => _queue.Idle;

    /// <summary>Gets the number of handlers that are called at a change, for tests.</summary>
    public int HandlerCount => Count(Changed) + Count(Swapped) + Subscriptions.Count;

    /// <summary>Serves what the sources gave.</summary>
    /// <param name="loaded">The sources, in the order of precedence.</param>
    /// <param name="failing">The names of those whose values are too old to be served.</param>
    public void Publish(IReadOnlyList<LoadedSource> loaded, IReadOnlySet<string> failing)
    {
        Snapshot before = _present;
        Snapshot after = _composition.Compose(loaded, failing, before);
        if (before.Root.HasPathTable)
        {
            // What reads paths does so again, and must not wait for the table.
            after.Root.CreatePathTable();
        }

        _present = after;
        _chain.Reads.Keep(after.ByPath);
        Swapped?.Invoke(this, EventArgs.Empty);
        Export();
        if (ChangeSet.Between(before, after) is { } changes)
        {
            _chain.Telemetry.OnChanged(changes);
            foreach (EventHandler<SecretsChangedEventArgs> handler in Changed?.GetInvocationList() ?? [])
            {
                _queue.Post(() => _calls.Call(handler, () => handler(_sender, changes)));
            }

            Subscriptions.Publish(changes);
        }
    }

    /// <summary>True where the last value of a required secret is served as this source's, because it is gone everywhere.</summary>
    public bool HoldsRequired(int rank) => _present.Sources[rank].HoldsRequired;

    /// <summary>Reports the new state of a source.</summary>
    public void OnServed(SourceSlot before, SourceSlot after)
    {
        LoadedSource served = _present.Sources[after.Loaded.Rank];
        Warnings.Replace(GroupOf(after.Entry.Name), SourceWarnings.Of(after.Loaded, served));

        // A source that is not asked any more has no failures either.
        if (before.ConsecutiveFailures > 0 && after.ConsecutiveFailures == 0 && !after.Loaded.IsNotAsked)
        {
            Warnings.Raise(new SecretsWarning(
                SecretsWarningCode.Recovered, $"The source {after.Entry.Name} was read again, and nothing is wrong with it any more.", after.Entry.Name, path: null));
        }
    }

    /// <summary>Reports that a change signal failed, or with <see langword="null"/> that it works again.</summary>
    public void OnWatch(string sourceName, Exception? failure)
    {
        Exception? reported = failure is null ? null : Redactor.Sanitize(failure, sourceName);
        Warnings.Replace(("watch", sourceName), reported is null
            ? []
            : [new SecretsWarning(SecretsWarningCode.RefreshFailed, $"Changes cannot be watched for: {reported.Message}", sourceName, path: null, (reported as ISecretsError)?.Code)]);
    }

    /// <summary>Removes the warnings about handlers that are no longer in <see cref="Changed"/>.</summary>
    public void ForgetRemoved(EventHandler<SecretsChangedEventArgs>? removed)
    {
        foreach (Delegate handler in removed?.GetInvocationList() ?? [])
        {
            if (Changed?.GetInvocationList().Contains(handler) != true)
            {
                _queue.Post(() => _calls.Forget(handler));
            }
        }
    }

    /// <summary>Restores the exported variables and starts no further handler.</summary>
    public void Release()
    {
        _chain.Ledger.Run(() =>
        {
            _isReleased = true;
            _chain.Ledger.Release(_exportOwner);
        });
        _queue.Close();
        Subscriptions.Close();
        Changed = null;
    }

    private static int Count(Delegate? handlers) => handlers?.GetInvocationList().Length ?? 0;

    private static object GroupOf(string sourceName) => ("source", sourceName);

    private void Call(SecretsWarning warning)
    {
        foreach (Action<SecretsWarning> handler in _chain.WarningHandlers)
        {
            _calls.Call(handler, () => handler(warning), isRaised: false);
        }
    }

    private void Export()
    {
        var warnings = new List<SecretsWarning>();
        try
        {
            if (EnvironmentExport.Select(_present, warnings) is { } variables)
            {
                // Under the ledger's lock, so that a refresh which ends after disposal exports nothing.
                _chain.Ledger.Run(() =>
                {
                    if (!_isReleased)
                    {
                        _chain.Ledger.Export(_exportOwner, variables);
                    }
                });
            }
        }
        catch (Exception failure)
        {
            // A variable that the platform refuses must not prevent the handlers from being called.
            warnings.Add(new SecretsWarning(
                SecretsWarningCode.NotExported,
                $"The environment refused a variable with {failure.GetType().FullName}; set ExportToEnvironment to false, or look for an unusual key.",
                sourceName: null,
                path: null));
        }

        Warnings.Replace("export", warnings);
    }
}
