using System.Diagnostics;
using Secrets.InMemory;
using Secrets.Keys;
using Secrets.Testing.Conformance;

namespace Secrets.Testing;

/// <summary>
/// A store and its source in one, for applications' tests: it gives, fails, denies, hangs and changes as the test says, and remembers what it was asked.
/// <b>Name</b> as given. <b>Keys</b> paths. <b>Location</b> the path. <b>Refresh</b> each change is signalled. <b>Errors</b> as the test says. <b>Permissions</b> none.
/// </summary>
/// <remarks>All members may be called from several threads.</remarks>
public abstract class FakeSource : ISecretsChangeSignal
{
    private readonly Lock _lock = new();

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly OrderedDictionary<SecretPath, object> _values = [];

    private readonly OrderedDictionary<SecretPath, SecretsErrorCode> _denied = [];
    private readonly List<SecretsRequest> _requests = [];
    private TaskCompletionSource _changed = NewChange();
    private SecretsErrorCode? _failure;
    private bool _isMissing;
    private bool _isHanging;

    private protected FakeSource(string name) => Name = name;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Gets how often it was loaded, whatever came of it.</summary>
    public int Loads
    {
        get
        {
            lock (_lock)
            {
                return _requests.Count;
            }
        }
    }

    /// <summary>Gets what it was asked for, load by load.</summary>
    public IReadOnlyList<SecretsRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Makes a source that is read whole, as files are.</summary>
    /// <param name="name">The kind's name.</param>
    /// <returns>The source, empty.</returns>
    public static FakeSource Local(string name = "fake") => new LocalSource(name);

    /// <summary>Makes a source that is asked for what nothing higher supplies, as a vault is.</summary>
    /// <param name="name">The kind's name.</param>
    /// <returns>The source, empty.</returns>
    public static FakeSource Remote(string name = "fake") => new RemoteSource(name);

    /// <summary>Sets a secret.</summary>
    /// <param name="path">The path.</param>
    /// <param name="value">What <see cref="SecretsBuilder.AddInMemory"/> takes: text, numbers, booleans, dates, bytes, dictionaries (sections), sequences (arrays).</param>
    /// <returns>This source.</returns>
    /// <exception cref="ArgumentException">The text is not a path, or the value is of no such type.</exception>
    public FakeSource Set(string path, object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        SecretPath parsed = SecretPath.Parse(path, nameof(path));
        _ = ClrValue.ToSecret(value, parsed, new SecretsRequest(Name));
        return Change(() => _values[parsed] = value);
    }

    /// <summary>Removes a secret.</summary>
    /// <param name="path">The path, as it was set.</param>
    /// <returns>This source.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    public FakeSource Remove(string path)
    {
        SecretPath parsed = SecretPath.Parse(path, nameof(path));
        return Change(() => _values.Remove(parsed));
    }

    /// <summary>Makes one secret unreadable, whether it was set or not; the others load.</summary>
    /// <param name="path">The path.</param>
    /// <param name="code">Why.</param>
    /// <returns>This source.</returns>
    /// <exception cref="ArgumentException">The text is not a path.</exception>
    public FakeSource Deny(string path, SecretsErrorCode code = SecretsErrorCode.AccessDenied)
    {
        SecretPath parsed = SecretPath.Parse(path, nameof(path));
        return Change(() => _denied[parsed] = code);
    }

    /// <summary>Lets every load fail.</summary>
    /// <param name="code">Why.</param>
    /// <returns>This source.</returns>
    public FakeSource Fail(SecretsErrorCode code = SecretsErrorCode.Unavailable) => Change(() => _failure = code);

    /// <summary>Lets every load find that the store does not exist.</summary>
    /// <returns>This source.</returns>
    public FakeSource Vanish() => Change(() => _isMissing = true);

    /// <summary>Lets every load wait, until it is cancelled or <see cref="Recover"/> is called.</summary>
    /// <returns>This source.</returns>
    public FakeSource Hang() => Change(() => _isHanging = true);

    /// <summary>Ends what <see cref="Fail"/>, <see cref="Vanish"/>, <see cref="Hang"/> and <see cref="Deny"/> began.</summary>
    /// <returns>This source.</returns>
    public FakeSource Recover() => Change(() =>
    {
        (_failure, _isMissing, _isHanging) = (null, false, false);
        _denied.Clear();
    });

    /// <inheritdoc/>
    public async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_lock)
        {
            _requests.Add(request);
        }

        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (!_isHanging)
                {
                    return Answer(request);
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        // The state of a batch is the change that comes after it.
        lock (_lock)
        {
            return (loaded?.State as TaskCompletionSource ?? _changed).Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeSource Change(Action change)
    {
        lock (_lock)
        {
            change();
            _changed.SetResult();
            _changed = NewChange();
        }

        return this;
    }

    private SecretsBatch Answer(SecretsRequest request)
    {
        if (_failure is { } code)
        {
            throw new SecretsSourceException(code, $"The source {request.SourceName} fails with {code}, as the test says.", request.SourceName);
        }

        var entries = new List<SecretEntry>();
        if (!_isMissing)
        {
            entries.AddRange(Readable([.. _values.Select(v => new SecretEntry(v.Key, ClrValue.ToSecret(v.Value, v.Key, request)))], request));
            entries.AddRange(_denied.Select(d => new SecretEntry(d.Key, SecretValue.Unreadable(Denial(d.Value, request), request.Origin(d.Key.ToString())))));
        }

        return new SecretsBatch(Asked(new SecretsBatch(entries), request)) { IsMissing = _isMissing, Places = [request.SourceName], State = _changed };
    }

    /// <summary>Gives what is not denied, leaf by leaf: what is denied may lie above it, within it, or be spelled in another way.</summary>
    private IEnumerable<SecretEntry> Readable(SecretEntry[] entries, SecretsRequest request)
    {
        var paths = PathComparer.For(request.KeyComparison);
        return _denied.Count == 0
            ? entries
            : new Loaded(this, new SecretsBatch(entries)).Leaves.Where(leaf => !_denied.Keys.Any(denied => paths.StartsWith(leaf.Path, denied)));
    }

    private protected virtual IEnumerable<SecretEntry> Asked(SecretsBatch all, SecretsRequest request) => all.Entries;

    private static SecretsSourceException Denial(SecretsErrorCode code, SecretsRequest request) =>
        new(code, $"it is {code}, as the test says", request.SourceName);

    private sealed class LocalSource(string name) : FakeSource(name);

    private sealed class RemoteSource(string name) : FakeSource(name), ISecretsRemoteSource
    {
        public SecretsSourcePlan Plan(SecretsRequest request) => new(request, [.. request.Demands?.Select(d => d.Path.ToString()) ?? []], 1);

        private protected override IEnumerable<SecretEntry> Asked(SecretsBatch all, SecretsRequest request)
        {
            var paths = PathComparer.For(request.KeyComparison);
            return request.Demands is { } demands
                ? new Loaded(this, all).Leaves.Where(leaf => demands.Any(d => paths.StartsWith(leaf.Path, d.Path)))
                : all.Entries;
        }
    }
}
