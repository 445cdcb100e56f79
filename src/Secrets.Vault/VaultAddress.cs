using System.Net.Sockets;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>What an address of a server may be: <c>https://</c>, <c>http://</c> on this machine, or <c>unix://</c> and the path of a socket.</summary>
internal static class VaultAddress
{
    /// <summary>The scheme that the command lines have for a socket of this machine.</summary>
    public const string SocketScheme = "unix";

    private const string Alone = "must be the server's address alone, as in https://vault.example:8200";

    /// <summary>Says what is wrong with an address, as the end of a sentence that begins with its name; <see langword="null"/> where nothing is.</summary>
    public static string? MistakeIn(Uri address, bool allowInsecureHttp)
    {
        if (address.IsAbsoluteUri && address.Scheme is SocketScheme)
        {
            return SocketMistake(address);
        }

        string[] path = address.IsAbsoluteUri ? address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) : [];
        return path is [.., "v1"] ? $"{Alone}: leave out /v1, which each call adds"
            : path is ["ui", ..] or [.., "ui"] ? $"{Alone}: leave out /ui, which is the server's page for people"
            : !Transport.IsSafe(address, allowInsecureHttp) || address.Query.Length + address.Fragment.Length > 0
                ? "must use https and have no user info, as in https://vault.example:8200; http is allowed for this machine alone, unless AllowInsecureHttp is set"
            : null;
    }

    /// <summary>Gives the path of the socket; <see langword="null"/> for an address of a network.</summary>
    public static string? SocketOf(Uri address) => address.Scheme is SocketScheme ? Uri.UnescapeDataString(address.AbsolutePath) : null;

    /// <summary>Says whether calls travel as they are, through a network.</summary>
    public static bool IsInTheClear(Uri address) => address.Scheme is "http";

    /// <summary>Gives what the paths of the API count from.</summary>
    public static Uri BaseOf(Uri address) => new((address.Scheme is SocketScheme ? "http://localhost" : address.AbsoluteUri.TrimEnd('/')) + "/v1/");

    /// <summary>Gives a host as it stands in a URL: with brackets around an address of version 6.</summary>
    public static string HostInUrl(string host) => Uri.CheckHostName(host) == UriHostNameType.IPv6 && !host.StartsWith('[') ? $"[{host}]" : host;

    private static string? SocketMistake(Uri address)
    {
        try
        {
            // The system limits how long the path of a socket is.
            _ = new UnixDomainSocketEndPoint(SocketOf(address)!);
            return address.Host.Length == 0 && address.AbsolutePath.Length > 1 && address.Query.Length + address.Fragment.Length == 0
                ? null
                : "must be unix:// and an absolute path, as in unix:///run/vault/agent.sock";
        }
        catch (ArgumentException)
        {
            return "must be unix:// and a path that is short enough for a socket of this system";
        }
    }
}
