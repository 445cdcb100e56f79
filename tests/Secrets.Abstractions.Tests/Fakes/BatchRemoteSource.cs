namespace Secrets.Tests.Fakes;

/// <summary>A remote source that gives a batch, or fails, as the test says.</summary>
internal sealed class BatchRemoteSource(string name, Func<SecretsRequest, SecretsBatch> load) : ISecretsRemoteSource
{
    public string Name => name;

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(load(request));

    public SecretsSourcePlan Plan(SecretsRequest request) => new(request, [.. request.Demands?.Select(d => "store/" + d.Path) ?? []], 1);
}
