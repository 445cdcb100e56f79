using CustomStore;
using Secrets.Testing;
using Secrets.Tests.Conformance;
using Secrets.TestServers.Keyring;

namespace Secrets.Remote.Samples;

/// <summary>The sample of a store by hand: a secret for each leaf.</summary>
internal sealed class KeyringHarness : LeavesHarness<KeyringServer>
{
    public KeyringHarness()
        : base(new KeyringServer { PageSize = 50 })
    {
        Server.ListenAsync().GetAwaiter().GetResult();
        Lacks(SourceAbility.Bytes, "a value is text");
        Lacks(SourceAbility.OddKeys, "a name is made of ASCII letters, digits and _.-");
        Lacks(SourceAbility.TypedValues, "a value is text");
        Cannot(SourceFault.Missing, "a service without secrets is an empty store");
    }

    public override ISecretsSource CreateSource()
    {
        var options = new KeyringOptions { Address = Server.Address, Token = Server.AcceptedToken, MaxAttempts = 1, LoadTimeLimit = TimeSpan.FromSeconds(10) };
        return new RemoteSource("keyring", new KeyringStore(options), options, new KeyringFailures());
    }

    public override string LocationOf(SecretPath path) => $"{Server.Address}v1/secrets/{NameOf(path)}";

    protected override string NameOf(SecretPath path) => string.Join('/', path.Segments);

    protected override void Set(string name, SecretValue value) => Server.SetSecret(name, value.Reveal());

    protected override void Delete(string name) => Server.DeleteSecret(name);
}
