namespace Secrets.Remote.Loading;

/// <summary>Which secrets of a store a source is configured for, and at which paths they stand.</summary>
internal sealed class RemoteMap
{
    private readonly List<RemoteMount> _secrets = [];
    private readonly List<RemoteMount> _prefixes = [];

    public RemoteMap()
    {
    }

    public RemoteMap(RemoteMap map) => Add(map);

    public IReadOnlyList<RemoteMount> Secrets => _secrets;

    public IReadOnlyList<RemoteMount> Prefixes => _prefixes;

    public bool IsEmpty => _secrets.Count + _prefixes.Count == 0;

    public void Add(RemoteMap map)
    {
        _secrets.AddRange(map._secrets);
        _prefixes.AddRange(map._prefixes);
    }

    /// <summary>Takes the whole store, where nothing was added: one that has a secret for each value.</summary>
    public void AddAllIfEmpty()
    {
        if (IsEmpty)
        {
            AddPrefix("", at: null, SecretFormat.Text);
        }
    }

    public void AddSecret(RemoteName name, string? at, SecretFormat? format) => _secrets.Add(new RemoteMount(name, Parse(at), format));

    public void AddPrefix(string prefix, string? at, SecretFormat? format) => _prefixes.Add(new RemoteMount(new RemoteName(prefix), Parse(at), format));

    private static SecretPath Parse(string? at) => at is null ? SecretPath.Root : SecretPath.Parse(at, nameof(at));
}
