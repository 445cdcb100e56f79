using System.Net.Sockets;
using Secrets.Remote.Http;

namespace Secrets.Remote.Credentials;

/// <summary>
/// Tells an outage of what gives credentials from credentials that are missing or refused. An outage must be <see cref="SecretsErrorCode.Unavailable"/>: it passes, and a chain that
/// tolerates denials must not take it for one.
/// </summary>
internal static class CredentialOutage
{
    /// <param name="failure">What the vendor's library threw.</param>
    /// <param name="isOutage">Says whether an exception of the vendor is an outage (<see langword="true"/>) or a refusal (<see langword="false"/>); <see langword="null"/> if it does not say.</param>
    public static bool Is(Exception failure, Func<Exception, bool?> isOutage) =>
        NetworkFailure.Causes(failure).Select(c => isOutage(c) ?? OfNetwork(c)).FirstOrDefault(known => known is not null) ?? false;

    private static bool? OfNetwork(Exception cause) => cause switch
    {
        HttpRequestException { StatusCode: { } status } => HttpStatuses.MayPass((int)status),
        HttpRequestException or HttpIOException or SocketException or TimeoutException or OperationCanceledException => true,
        _ => null,
    };
}
