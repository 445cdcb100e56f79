namespace Secrets.Testing.Tests.Broken;

/// <summary>The same behind a network.</summary>
internal class RemoteShelfSource(Shelf shelf) : ShelfSource(shelf), ISecretsRemoteSource
{
    public virtual SecretsCallPlan Plan(SecretsRequest request) => new([.. request.Demands?.Select(d => d.Path.ToString()) ?? []], 1);
}
