namespace Secrets;

/// <summary>Overrides single secrets of a store for one test.</summary>
public static class TestingSecretsStoreExtensions
{
    /// <summary>
    /// Overrides a secret until the result is disposed: <c>using (secrets.With("db.password", "x"))</c>. What this flow of execution reads from the store, and what it
    /// starts meanwhile, sees the value; every other flow sees what it saw before, so that tests in parallel share one store. No process state is touched.
    /// </summary>
    /// <param name="store">The store; views that were taken from it before stay as they are.</param>
    /// <param name="path">The path of a leaf, or of a section, which is replaced whole.</param>
    /// <param name="value">What <see cref="SecretsBuilder.AddInMemory"/> takes; <see langword="null"/> for a secret that is nowhere. It wins over every source and every pin.</param>
    /// <returns>Ends the override; overrides nest, and the innermost counts.</returns>
    /// <exception cref="ArgumentException">The text is not a path, or the value has an unsupported type.</exception>
    /// <exception cref="SecretsSourceException">The path is deeper than any source's may be: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <remarks>
    /// Call it in the test's own method, or in a synchronous one: what an <see langword="async"/> method that is awaited overrides ends with that method.
    /// Work that began before, such as the requests of a server that runs already, is another flow. Statuses, events and the exported environment stay as they are.
    /// </remarks>
    public static IDisposable With(this SecretsStore store, string path, object? value) => store.With([KeyValuePair.Create(path, value)]);

    /// <summary>Overrides several secrets at once, as <see cref="With(SecretsStore, string, object?)"/> does one.</summary>
    /// <param name="store">The store.</param>
    /// <param name="values">Paths and values.</param>
    /// <returns>Ends the override.</returns>
    /// <exception cref="ArgumentException">A text is not a path, or a value has an unsupported type.</exception>
    /// <exception cref="SecretsSourceException">A path is deeper than any source's may be: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    public static IDisposable With(this SecretsStore store, IEnumerable<KeyValuePair<string, object?>> values)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(values);
        return store.Override([.. values]);
    }
}
