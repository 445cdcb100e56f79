namespace Secrets.Testing.Tests.Broken;

/// <summary>The same as one that answers path by path.</summary>
internal class LookupShelfSource(Shelf shelf) : ISecretsLookup
{
    private readonly ShelfSource _source = new(shelf);

    public string Name => "shelf";

    public async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        SecretsBatch all = await _source.LoadAsync(request, cancellationToken);
        return new SecretsBatch([]) { IsMissing = all.IsMissing, Places = all.Places, State = all };
    }

    public virtual SecretValue? Find(SecretPath path, SecretsBatch loaded, bool isElsewhere) =>
        ((SecretsBatch)loaded.State!).Entries.FirstOrDefault(e => e.Path == path)?.Value;

    public SecretOrigin? FindSection(SecretPath path, SecretsBatch loaded, bool isCertain) =>
        ((SecretsBatch)loaded.State!).Entries.FirstOrDefault(e => e.Path.Segments.Count > path.Segments.Count && e.Path.StartsWith(path))?.Value.Origin;

    public IReadOnlyList<string> PlacesOf(SecretPath path, SecretsBatch loaded) => [_source.LocationOf(path)];
}
