namespace Secrets.Tests.Fakes;

/// <summary>A remote source whose content changes; it gives what it is asked for.</summary>
internal sealed class LiveRemoteSource(string name, string content = "") : LiveSource(name, content), ISecretsRemoteSource
{
    public SecretsSourcePlan Plan(SecretsRequest request) => new(request, [], calls: null);
}
