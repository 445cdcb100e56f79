using Microsoft.Extensions.Hosting;
using Secrets.Hosting;
using Secrets.Hosting.Lifetime;

namespace Secrets;

/// <summary>Adds secrets to a host.</summary>
public static class SecretsHostApplicationBuilderExtensions
{
    /// <summary>
    /// Builds a chain now and gives its store to the host: as a service (<see cref="SecretsStore"/> and <see cref="SecretsView"/>), through <c>IConfiguration</c>, and to the log.
    /// The host disposes it.
    /// </summary>
    /// <remarks>
    /// The builder that <paramref name="chain"/> gets watches, has the content root as its project directory, the host's environment name, and 30 seconds for stores that are not
    /// ready yet; <paramref name="chain"/> may change each. Where the host setting <c>Secrets:Offline</c> is <c>true</c>, no remote source is contacted, and the settings below
    /// <c>Secrets:Values</c> stand above the chain: the way for tests.
    /// </remarks>
    /// <param name="builder">The host's builder.</param>
    /// <param name="chain">Adds the sources.</param>
    /// <param name="configure">Sets how the host uses them.</param>
    /// <param name="cancellationToken">Ends the loads.</param>
    /// <returns>The store, for use before the host is built. The host disposes it.</returns>
    /// <exception cref="ArgumentException">An exposed path is not a path.</exception>
    /// <exception cref="InvalidOperationException">The host has a store under the same key already, or <c>Secrets:Offline</c> is not a boolean.</exception>
    /// <exception cref="SecretNotFoundException">Something required is nowhere; every such path is named: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where there is no file at all: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed, or a required type cannot be bound: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A source failed, with its code, or the chain is set up in a way that cannot work.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<SecretsStore> AddSecretsAsync(
        this IHostApplicationBuilder builder,
        Action<SecretsBuilder> chain,
        Action<SecretsHostOptions>? configure = null,
        CancellationToken cancellationToken = default)
    {
        HostedChain hosted = HostedChain.Of(builder, chain, configure);
        return hosted.Register(builder, await hosted.Chain.BuildAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Does what <see cref="AddSecretsAsync"/> does, and blocks on remote sources, as <see cref="SecretsBuilder.Build"/> does.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="chain">Adds the sources.</param>
    /// <param name="configure">Sets how the host uses them.</param>
    /// <returns>The store, for use before the host is built. The host disposes it.</returns>
    /// <exception cref="ArgumentException">An exposed path is not a path.</exception>
    /// <exception cref="InvalidOperationException">The host has a store under the same key already, or <c>Secrets:Offline</c> is not a boolean.</exception>
    /// <exception cref="SecretNotFoundException">Something required is nowhere; every such path is named: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where there is no file at all: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">A file is malformed, or a required type cannot be bound: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">A source failed, with its code, or the chain is set up in a way that cannot work.</exception>
    public static SecretsStore AddSecrets(this IHostApplicationBuilder builder, Action<SecretsBuilder> chain, Action<SecretsHostOptions>? configure = null)
    {
        HostedChain hosted = HostedChain.Of(builder, chain, configure);
        return hosted.Register(builder, hosted.Chain.Build());
    }
}
