namespace Secrets.InMemory;

/// <summary>
/// Values that the program already has. <b>Name</b> <c>memory</c>. <b>Keys</b> paths. <b>Location</b> the path. <b>Refresh</b> the collection is read
/// at each load. <b>Errors</b> none. <b>Permissions</b> none.
/// </summary>
internal sealed class InMemorySource : ISecretsSource
{
    private readonly IEnumerable<KeyValuePair<string, object?>> _values;

    /// <exception cref="ArgumentException">A key is not a path, or a value has an unsupported type.</exception>
    public InMemorySource(IEnumerable<KeyValuePair<string, object?>> values)
    {
        _values = values;
        _ = Entries(new SecretsRequest(Name));
    }

    public string Name => "memory";

    public IReadOnlyList<SecretPath> Paths => [.. _values.Select(v => SecretPath.Parse(v.Key))];

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Load(request));
    }

    public SecretsBatch Load(SecretsRequest request) => new(Entries(request));

    private List<SecretEntry> Entries(SecretsRequest request)
    {
        var entries = new List<SecretEntry>();
        foreach ((string text, object? value) in _values)
        {
            if (value is not null)
            {
                SecretPath path = SecretPath.Parse(text, "values");
                entries.Add(new SecretEntry(path, ClrValue.ToSecret(value, path, request)));
            }
        }

        return entries;
    }
}
