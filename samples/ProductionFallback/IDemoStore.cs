using Secrets;
using Secrets.TestServers.Hosting;

namespace ProductionFallback;

/// <summary>A store for the sample: the one line that a chain needs for it, and a server to run it against.</summary>
internal interface IDemoStore
{
    /// <summary>Makes a server that holds what production holds; it does not listen yet.</summary>
    TestServer CreateServer();

    /// <summary>Takes the right to read the key of Trello away, or gives it back.</summary>
    void Deny(TestServer server, bool isDenied);

    /// <summary>Adds the store; without a server, the real one.</summary>
    SecretsBuilder AddTo(SecretsBuilder chain, TestServer? server);
}
