using Secrets.TestServers.Hosting;

namespace Secrets.Tests.Conformance;

/// <summary>A harness with a secret of the store for each leaf, where only what is stored last is there.</summary>
internal abstract class LeavesHarness<TServer>(TServer server) : ServerHarness<TServer>(server)
    where TServer : TestServer
{
    private readonly HashSet<string> _stored = [];

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        Server.Heal();
        Server.Allow();
        foreach (string gone in _stored.Except(secrets.Select(s => NameOf(s.Path))).ToArray())
        {
            Delete(gone);
            _stored.Remove(gone);
        }

        foreach (SecretEntry secret in secrets)
        {
            _stored.Add(NameOf(secret.Path));
            Set(NameOf(secret.Path), secret.Value);
        }

        return ValueTask.CompletedTask;
    }

    protected abstract void Set(string name, SecretValue value);
}
