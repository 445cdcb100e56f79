namespace Secrets.Tests.Fakes;

/// <summary>A remote source whose content changes; it gives what it is asked for.</summary>
internal sealed class LiveRemoteSource(string name, string content = "") : LiveSource(name, content), ISecretsRemoteSource
{
    public SecretsCallPlan Plan(SecretsRequest request) => new([], calls: null);
}
