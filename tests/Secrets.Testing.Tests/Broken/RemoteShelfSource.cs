namespace Secrets.Testing.Tests.Broken;

/// <summary>The same behind a network.</summary>
internal class RemoteShelfSource(Shelf shelf) : ShelfSource(shelf), ISecretsRemoteSource
{
    public virtual SecretsSourcePlan Plan(SecretsRequest request) => new(request, [.. request.Demands?.Select(d => d.Path.ToString()) ?? []], 1);
}
