using System.Security.Cryptography.X509Certificates;
using Secrets.Remote;
using Secrets.TestServers.Hosting;

namespace Secrets.Faults;

/// <summary>A remote source and the server that it asks: two secrets, <c>alpha</c> and <c>beta</c>.</summary>
internal abstract class StoreUnderFault
{
    /// <summary>Gets how long an attempt may take while faults are tried.</summary>
    public static TimeSpan CallTimeLimit { get; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Gets how long a load may take: calls that are refused for too many are made again until it is over.</summary>
    public static TimeSpan LoadTimeLimit { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets how often a call is tried.</summary>
    public static int MaxAttempts => 2;

    public static int MaxAnswerBytes => 1024 * 1024;

    public abstract string Name { get; }

    /// <summary>Makes the server, which does not listen yet; with a certificate that nobody trusts where that is asked for.</summary>
    /// <param name="certificate">Makes it HTTPS.</param>
    /// <param name="credential">What a client must hold to be let in: it must not be in any text either.</param>
    public abstract TestServer CreateServer(X509Certificate2? certificate, string credential);

    /// <summary>Stores a secret.</summary>
    public abstract void Store(TestServer server, string key, string value);

    /// <summary>Gives the path of a secret in the view.</summary>
    public virtual string PathOf(string key) => key;

    /// <summary>Denies one of the secrets.</summary>
    public abstract void Deny(TestServer server, string key);

    /// <summary>Adds the source to a chain.</summary>
    /// <param name="builder">The chain.</param>
    /// <param name="server">Where it asks.</param>
    /// <param name="credential">What lets it in.</param>
    public abstract void AddTo(SecretsBuilder builder, TestServer server, string credential);

    /// <summary>Sets the limits that all rows are measured under.</summary>
    protected static void Limit(RemoteSourceOptions options) =>
        (options.CallTimeLimit, options.LoadTimeLimit, options.MaxAttempts, options.MaxAnswerBytes) = (CallTimeLimit, LoadTimeLimit, MaxAttempts, MaxAnswerBytes);
}
