namespace Secrets.Loading;

/// <summary>
/// Stands in for a remote source that is not to be contacted. <b>Name</b> that of the source. <b>Keys</b> none. <b>Location</b> none. <b>Refresh</b> none.
/// <b>Errors</b> none. <b>Permissions</b> none.
/// </summary>
internal sealed class OfflineSource(string name) : ISecretsSource
{
    private static readonly SecretsBatch NotAsked = new([]) { Places = ["not contacted: the chain is offline"] };

    public string Name { get; } = name;

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(NotAsked);
    }
}
