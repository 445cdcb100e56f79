namespace Secrets.Remote;

/// <summary>
/// Reads secrets from a store behind a network. This is the one interface that a store must implement; <see cref="RemoteSource"/> makes a source of it.
/// </summary>
/// <remarks>
/// <para>
/// Each call of a member counts as one call of the store. <see cref="RemoteSource"/> limits how many run at once, retries those that may succeed, stops them when the load
/// is over, and reports what they throw by the store's <see cref="RemoteFailures"/>. An implementation makes the call and throws what its client throws.
/// </para>
/// <para>
/// Optional abilities are interfaces of their own: <see cref="IRemoteListing"/> lists secrets, <see cref="IRemoteVersions"/> tells whether a secret has changed, and
/// <see cref="IRemoteBatches"/> reads several secrets in one call.
/// </para>
/// <para>All members may be called from several threads at once.</para>
/// </remarks>
public interface IRemoteStore
{
    /// <summary>Gets what messages call the store, such as <c>Azure Key Vault shop.vault.azure.net</c>.</summary>
    string Place { get; }

    /// <summary>Gets the rules by which paths become names of this store.</summary>
    /// <value>Default <see cref="RemoteNameRules.Default"/>.</value>
    RemoteNameRules NameRules => RemoteNameRules.Default;

    /// <summary>Reads one secret.</summary>
    /// <param name="name">The secret.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The secret, or <see langword="null"/> if the store does not have it. A failure that means the same, such as status 404, may be thrown instead.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<RemoteSecret?> ReadAsync(RemoteName name, CancellationToken cancellationToken);

    /// <summary>Gives where a secret lives, in the store's own notation, such as an ARN or a URL. It is the location of the secret's origin.</summary>
    /// <param name="name">The secret, which need not exist.</param>
    /// <returns>The location. Default: the name.</returns>
    string LocationOf(RemoteName name) => name.Name;

    /// <summary>Gives what people mostly get wrong about a name that the store does not have. It ends the message that says so.</summary>
    /// <param name="name">The secret.</param>
    /// <returns>A sentence; <see langword="null"/> by default.</returns>
    string? HintIfMissing(RemoteName name) => null;
}
