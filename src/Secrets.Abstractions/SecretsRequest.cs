using Secrets.EnvironmentVariables;

namespace Secrets;

/// <summary>What a source is asked for by one load.</summary>
public sealed class SecretsRequest
{
    /// <summary>Creates a request. The chain creates its own; this constructor lets a source be tried without one.</summary>
    /// <param name="sourceName">The source's name in the chain.</param>
    /// <param name="demands">The paths, or <see langword="null"/> for all that the source is configured for.</param>
    /// <param name="keyComparison">When two keys are one.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> is the system's.</param>
    public SecretsRequest(
        string sourceName,
        IReadOnlyList<SecretDemand>? demands = null,
        KeyComparison keyComparison = KeyComparison.Equivalent,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(sourceName);
        SourceName = sourceName;
        Demands = demands;
        KeyComparison = keyComparison;
        TimeProvider = timeProvider ?? TimeProvider.System;
        ReadAt = TimeProvider.GetUtcNow();
    }

    /// <summary>Gets the source's name in the chain, which may differ from <see cref="ISecretsSource.Name"/>: a second TOML source is <c>toml#2</c>.</summary>
    public string SourceName { get; }

    /// <summary>Gets the paths that are asked for, or <see langword="null"/> for all that the source is configured for. A local source always gives all.</summary>
    public IReadOnlyList<SecretDemand>? Demands { get; }

    /// <summary>
    /// Gets the batch of this source's last successful load; <see langword="null"/> in the first. A source asks only for what changed since, and
    /// returns this very batch where nothing did.
    /// </summary>
    public SecretsBatch? Previous { get; init; }

    /// <summary>
    /// Gets a value indicating whether the program itself asked for this load (<see cref="SecretsStore.RefreshAsync"/> and the like). The source then proves everything that
    /// it returns against its store, also what it could trust for a while, such as a lease that is not due.
    /// </summary>
    /// <value>Default <see langword="false"/>: a load by schedule.</value>
    public bool IsProofRequired { get; init; }

    /// <summary>Gets the paths whose values a server refused, as the program reported. The source gets other values for them, although these should still be good.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyList<SecretPath> RejectedPaths { get; init; } = [];

    /// <summary>Gets when two keys are one.</summary>
    public KeyComparison KeyComparison { get; }

    /// <summary>Gets the clock that the source waits and measures with.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Gets the time that the origins of this load carry.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>Gets the record of exported variables; tests replace it.</summary>
    internal EnvironmentLedger Ledger { get; init; } = EnvironmentLedger.OfProcess;

    /// <summary>
    /// Gives a variable of the process's environment as it would be without what this library exported to it: a source that refers to variables would otherwise
    /// read its own secrets, and give another answer the next time.
    /// </summary>
    /// <param name="name">The variable's name.</param>
    /// <returns>Its value, or <see langword="null"/> where there is none.</returns>
    public string? GetEnvironmentVariable(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Ledger.Original(name);
    }

    /// <summary>
    /// Says whether a source gives a path in answer to this request. A remote source leaves out what it was not asked for, even where a call brought it:
    /// a program that reads it would fail where a local file has the rest.
    /// </summary>
    /// <param name="path">The path of something that was found.</param>
    /// <returns><see langword="true"/> where everything was asked for, or this path, one below which it lies, or one that lies below it.</returns>
    public bool IsAskedFor(SecretPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return SecretDemand.Includes(Demands, path, KeyComparison);
    }

    /// <summary>Creates the origin of a value in a store that has names, not lines.</summary>
    /// <param name="location">Where the value lives, in the source's own notation.</param>
    /// <param name="version">The store's version of the value, or <see langword="null"/>.</param>
    /// <returns>The origin, with this source's name and time.</returns>
    public SecretOrigin Origin(string location, string? version = null) => new(SourceName, location, version, ReadAt);

    /// <summary>Creates the origin of a value in a file.</summary>
    /// <param name="file">The file, as a person finds it.</param>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="column">The column, counted from 1.</param>
    /// <returns>The origin, with this source's name and time.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="line"/> or <paramref name="column"/> is less than 1.</exception>
    public SecretOrigin Origin(string file, int line, int column) => new(SourceName, file, line, column, ReadAt);
}
