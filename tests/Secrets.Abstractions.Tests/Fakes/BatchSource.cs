namespace Secrets.Tests.Fakes;

/// <summary>A local source that gives a batch, or fails, as the test says.</summary>
internal sealed class BatchSource(string name, Func<SecretsRequest, SecretsBatch> load) : ISecretsSource
{
    public BatchSource(params (string Path, SecretValue Value)[] values)
        : this("test", _ => new SecretsBatch(values.Select(v => new SecretEntry(SecretPath.Parse(v.Path), v.Value))))
    {
    }

    public string Name => name;

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(load(request));
}
