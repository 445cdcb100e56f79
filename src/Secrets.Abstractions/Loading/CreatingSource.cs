namespace Secrets.Loading;

/// <summary>
/// Creates a source and loads it, in one call: the function that creates a source may block as well as a load, and counts towards the same time limit.
/// </summary>
internal sealed class CreatingSource(string name, Func<ISecretsSource> create) : ISecretsSource
{
    private volatile ISecretsSource? _created;

    public string Name => name;

    /// <summary>Gets the source; <see langword="null"/> until it is created.</summary>
    public ISecretsSource? Created => _created;

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => (_created = create()).LoadAsync(request, cancellationToken);
}
