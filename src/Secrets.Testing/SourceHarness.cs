namespace Secrets.Testing;

/// <summary>
/// What the conformance suite needs to know of a source, written once by the source's author: how its store is filled and broken, and what it cannot do.
/// A harness has a store of its own, which does not exist, or is empty, until <see cref="StoreAsync"/>. The suite makes as many as it likes and disposes them.
/// </summary>
public abstract class SourceHarness : IAsyncDisposable
{
    private readonly Dictionary<SourceAbility, string> _lacks = [];
    private readonly Dictionary<SourceFault, string> _cannot = [];

    /// <summary>Gets the size of the largest secret that the store holds.</summary>
    /// <value>Bytes of UTF-8. Default 65,536, which is also the most that the suite tries.</value>
    public virtual int MaxValueBytes => 65_536;

    /// <summary>Gets how often the store was asked so far: requests of a remote one, reads of a local one.</summary>
    /// <value>Default <see langword="null"/>: nobody counts, and the harness lacks <see cref="SourceAbility.CountedCalls"/>.</value>
    public virtual int? Calls => null;

    /// <summary>Makes a source over this harness's store, set up so that it gives all that the store holds. It may be called several times.</summary>
    /// <returns>The source; a new one each time, unless source and store are one object.</returns>
    public abstract ISecretsSource CreateSource();

    /// <summary>Makes the store hold these secrets and no others, and repairs whatever <see cref="BreakAsync"/> broke. What is the same as before stays as it is.</summary>
    /// <param name="secrets">
    /// Paths and values, each a leaf: <see cref="SecretValue.Reveal"/> gives its text, and <see cref="SecretValue.RevealBytes"/> that of kind <see cref="SecretKind.Bytes"/>.
    /// Their origins mean nothing.
    /// </param>
    /// <returns>A task that ends when the next load will see them.</returns>
    public abstract ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets);

    /// <summary>Breaks the store, which holds what was stored last, until the next <see cref="StoreAsync"/>.</summary>
    /// <param name="fault">How; none that <see cref="Cannot"/> names.</param>
    /// <param name="secret">One of those that are stored: what <see cref="SourceFault.SecretDenied"/> denies, and whose value stands where <see cref="SourceFault.Malformed"/> makes the mistake.</param>
    /// <returns>A task that ends when the next load will see it.</returns>
    /// <exception cref="NotSupportedException">The harness cannot, and did not say so.</exception>
    public virtual ValueTask BreakAsync(SourceFault fault, SecretEntry secret) =>
        throw new NotSupportedException($"{GetType().Name} overrides BreakAsync for {fault}, or calls Cannot(SourceFault.{fault}, \"why\") in its constructor.");

    /// <summary>Says what <see cref="SecretOrigin.Location"/> is to be for a secret that is stored.</summary>
    /// <param name="path">The secret's path, as it was given to <see cref="StoreAsync"/>.</param>
    /// <returns>The place, in the source's own notation.</returns>
    public abstract string LocationOf(SecretPath path);

    /// <summary>Ends the store.</summary>
    /// <returns>A task that ends when nothing of it is left.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Says what the store or the source cannot do, and why: the checks that need it are reported as skipped with this reason. Called in the constructor.</summary>
    /// <param name="ability">What is lacking.</param>
    /// <param name="reason">Why, for people, as in <c>variables are text</c>.</param>
    protected void Lacks(SourceAbility ability, string reason) => _lacks[ability] = Reasonable(reason);

    /// <summary>Says which fault cannot happen to the store, or not in a test, and why: the checks that need it are reported as skipped with this reason. Called in the constructor.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="reason">Why, for people, as in <c>memory is always there</c>.</param>
    protected void Cannot(SourceFault fault, string reason) => _cannot[fault] = Reasonable(reason);

    internal string? WhyNot(SourceAbility ability) =>
        _lacks.GetValueOrDefault(ability) ?? (ability == SourceAbility.CountedCalls && Calls is null ? "the harness counts no calls" : null);

    internal string? WhyNot(SourceFault fault) => _cannot.GetValueOrDefault(fault);

    private static string Reasonable(string reason) => string.IsNullOrWhiteSpace(reason) || reason.AsSpan().ContainsAny('\r', '\n')
        ? throw new ArgumentException("A reason is one line that says why.", nameof(reason))
        : reason;
}
