using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.Vault.Tests;

/// <summary>A server that is no Vault: it says of everything, in HTML, that there is no such page.</summary>
internal sealed class Stranger : TestServer
{
    public override IEnumerable<(string Name, string Value)> DemoSecrets => [];

    public override IEnumerable<string> Environment => [];

    public override void Seed(string name, string value) => throw new NotSupportedException();

    protected override string OperationOf(ServerCall call) => call.Path;

    protected override ServerAnswer Answer(ServerCall call) => ServerAnswer.Text(404, "<html><body>Not found</body></html>", "text/html");

    protected override ServerAnswer Fail(FaultKind kind, ServerCall call) => ServerAnswer.Text(500, "");
}
