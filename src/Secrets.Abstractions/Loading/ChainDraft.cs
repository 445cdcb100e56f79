using System.Globalization;
using Secrets.EnvironmentVariables;
using Secrets.InMemory;
using Secrets.Keys;
using Secrets.Merging;
using Secrets.Redaction;
using Secrets.Telemetry;

namespace Secrets.Loading;

/// <summary>What a builder was told so far. It checks names and pins, and makes a chain for each build.</summary>
internal sealed class ChainDraft
{
    private readonly List<ChainEntry> _entries = [];
    private readonly List<Pin> _pins = [];
    private readonly List<SecretDemand> _demands = [];
    private readonly List<Action<SecretsView>> _bindingChecks = [];

    public List<Action<SecretsWarning>> WarningHandlers { get; } = [];

    public SecretsPrecedence Precedence { get; set; }

    public SectionMerge Sections { get; set; }

    public KeyComparison KeyComparison { get; set; }

    public UndeclaredReads UndeclaredReads { get; set; }

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    public bool IsWatching { get; set; }

    public TimeSpan? MaxReadAge { get; set; }

    /// <summary>Gets or sets the values that stand above the chain while no remote source is contacted; <see langword="null"/> for a chain that is not offline.</summary>
    public InMemorySource? OfflineValues { get; set; }

    public Func<double> Random { get; set; } = System.Random.Shared.NextDouble;

    public ChainTelemetry? Telemetry { get; set; }

    public EnvironmentLedger Ledger { get; set; } = EnvironmentLedger.OfProcess;

    /// <exception cref="SecretsSourceException">The name is empty, cannot be shown, or is that of another source: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public void Add(ChainEntry entry)
    {
        ThrowIfNoName(entry.Kind, entry.OwnName is null ? "The name of a source" : "The option Name of a source");
        foreach (ChainEntry other in _entries)
        {
            if (entry.OwnName is not null && string.Equals(other.OwnName, entry.OwnName, StringComparison.Ordinal))
            {
                throw Misconfigured($"Two sources are named {entry.OwnName}; give one of them another name.");
            }
        }

        _entries.Add(entry);
    }

    /// <summary>Declares paths.</summary>
    /// <param name="demands">The paths.</param>
    /// <param name="bindingCheck">Checks that the type which declares them can be bound; <see langword="null"/> where no type does.</param>
    public void Declare(IEnumerable<SecretDemand> demands, Action<SecretsView>? bindingCheck = null)
    {
        _demands.AddRange(demands);
        if (bindingCheck is not null)
        {
            _bindingChecks.Add(bindingCheck);
        }
    }

    /// <exception cref="SecretsSourceException">The path has a pin already: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public void Pin(SecretPath path, string source)
    {
        if (_pins.Find(pin => pin.Path.Equals(path)) is { } known)
        {
            throw PinnedTwice(path, known);
        }

        _pins.Add(new Pin(path, source));
    }

    /// <exception cref="SecretsSourceException">A pin names no source of the chain, or equal paths have two pins: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public Chain ToChain()
    {
        ChainEntry[] entries = NamedEntries();
        var options = new MergeOptions
        {
            Comparison = KeyComparison,
            Sections = Sections,
            UndeclaredReads = UndeclaredReads,
            Pins = _pins.Count == 0 ? Pins.None : PinsTo(entries),
            Declared = _demands.Count == 0 ? DeclaredPaths.None : PathsOf(_demands),
        };
        if (Precedence == SecretsPrecedence.LastWins)
        {
            Array.Reverse(entries);
        }

        return OfflineValues is null ? ToChain(entries, options) : ToOfflineChain(entries, options, OfflineValues);
    }

    private Chain ToOfflineChain(ChainEntry[] entries, MergeOptions options, InMemorySource values)
    {
        (entries, options) = OfflineChain.Of(entries, options, values);
        return ToChain(entries, options);
    }

    private Chain ToChain(ChainEntry[] entries, MergeOptions options) => new()
    {
        Entries = entries,
        Options = options,
        Demands = _demands.Count == 0 ? [] : SecretDemand.Unite(_demands, KeyComparison),
        BindingChecks = _bindingChecks.ToArray(),
        TimeProvider = TimeProvider,
        IsWatching = IsWatching,
        MaxReadAge = MaxReadAge,
        Random = Random,
        Ledger = Ledger,
        Telemetry = Telemetry ?? ChainTelemetry.OfProcess,
        WarningHandlers = WarningHandlers.ToArray(),
    };

    private DeclaredPaths PathsOf(List<SecretDemand> demands) => DeclaredPaths.Of(demands.Select(d => d.Path), KeyEquivalence.For(KeyComparison));

    private ChainEntry[] NamedEntries()
    {
        var entries = new ChainEntry[_entries.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = _entries[i] with { Name = _entries[i].OwnName ?? Unused(_entries[i].Kind, entries.AsSpan(0, i)), Position = i };
        }

        return entries;
    }

    private string Unused(string kind, ReadOnlySpan<ChainEntry> before)
    {
        string name = kind;
        for (int number = 2; IsTaken(name, before); number++)
        {
            name = Numbered(kind, number);
        }

        return name;
    }

    private bool IsTaken(string name, ReadOnlySpan<ChainEntry> before)
    {
        foreach (ChainEntry entry in _entries)
        {
            if (string.Equals(entry.OwnName, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        foreach (ChainEntry entry in before)
        {
            if (string.Equals(entry.Name, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string Numbered(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}#{number}");

    private Pins PinsTo(ChainEntry[] entries)
    {
        var pinned = new Dictionary<SecretPath, Pin>(SecretPath.Comparer(KeyComparison));
        foreach (Pin pin in _pins)
        {
            if (!pinned.TryAdd(pin.Path, pin))
            {
                throw PinnedTwice(pin.Path, pinned[pin.Path]);
            }

            if (!Array.Exists(entries, e => string.Equals(e.Name, pin.Source, StringComparison.Ordinal)))
            {
                throw Misconfigured(
                    $"{pin.Path} is pinned to {PrintableText.Of(pin.Source)}, and no source has this name; the chain has {(entries.Length == 0 ? "none" : string.Join(", ", entries.Select(e => e.Name)))}.");
            }
        }

        return new Pins(_pins.ToArray(), KeyEquivalence.For(KeyComparison));
    }

    private static void ThrowIfNoName(string name, string what)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Misconfigured($"{what} is empty; give it one, such as \"vault\".");
        }

        if (!string.Equals(name, PrintableText.Of(name), StringComparison.Ordinal))
        {
            throw Misconfigured($"{what} is \"{PrintableText.Of(name)}\": leave out line breaks and other characters that cannot be seen.");
        }
    }

    private static SecretsSourceException PinnedTwice(SecretPath path, Pin known) =>
        Misconfigured($"{path} is pinned twice: {known.Path} is pinned to {PrintableText.Of(known.Source)} already. Remove one of the pins.");

    private static SecretsSourceException Misconfigured(string message) => new(SecretsErrorCode.InvalidConfiguration, message);
}
