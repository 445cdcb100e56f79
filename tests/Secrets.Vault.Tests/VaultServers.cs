using Secrets.TestServers.Vault;

namespace Secrets.Vault.Tests;

/// <summary>Servers that listen, and options that lead to them.</summary>
internal static class VaultServers
{
    public static VaultServer Start(VaultServer? server = null)
    {
        server ??= new VaultServer();
        server.ListenAsync().GetAwaiter().GetResult();
        return server;
    }

    /// <summary>Points options at a server, with its root token and one attempt for each call.</summary>
    public static VaultOptions At(this VaultOptions options, VaultServer server, VaultLogin? login = null)
    {
        options.Address = server.Address;
        options.Login = login ?? VaultLogin.Token(server.AcceptedToken);
        options.MaxAttempts = 1;
        return options;
    }

    /// <summary>Gives what the server was asked, by the names of the calls.</summary>
    public static string Operations(this VaultServer server) => string.Join(' ', server.Calls.Select(c => c.Operation));

    /// <summary>Gives how often the server was asked for one thing.</summary>
    public static int Count(this VaultServer server, string operation) => server.Calls.Count(c => c.Operation == operation);
}
