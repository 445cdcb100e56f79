using Secrets.Testing;
using Secrets.TestServers.Faults;
using Secrets.TestServers.Hosting;

namespace Secrets.Tests.Conformance;

/// <summary>What the harnesses of stores behind a test server have in common: the server and its faults.</summary>
internal abstract class ServerHarness<TServer>(TServer server) : SourceHarness
    where TServer : TestServer
{
    public override int? Calls => Server.CallCount;

    protected TServer Server { get; } = server;

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        switch (fault)
        {
            case SourceFault.Unavailable:
                Server.Inject(FaultKind.ServerError);
                break;
            case SourceFault.AccessDenied:
                Server.Inject(FaultKind.AccessDenied);
                break;
            case SourceFault.Malformed:
                Server.ErrorText = secret.Value.Reveal();
                Server.Inject(FaultKind.Garbage);
                break;
            case SourceFault.Silent:
                Server.Inject(FaultKind.Silence);
                break;
            case SourceFault.SecretDenied:
                Server.Deny(NameOf(secret.Path));
                break;
        }

        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Gives the native name of what is stored at a path.</summary>
    protected abstract string NameOf(SecretPath path);

    protected abstract void Delete(string name);
}
