using Secrets.Remote.Calls;

namespace Secrets.Remote.Loading;

/// <summary>
/// A store that holds something open between loads, such as a login and leases. It is another object for each load, takes turns for its calls itself
/// (<see cref="RemoteCalls.CallAsync"/>), since one read may be several calls, and hands on what it holds open.
/// </summary>
internal interface IRemoteSession : IRemoteStore
{
    /// <summary>Gets the texts of what the last calls found wrong and left out.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Gets a value indicating whether the state of the load before continues as it is, where nothing was read again.</summary>
    bool KeepsState { get; }

    /// <summary>Logs in before the first read of a load. It is called before each round of reads and begins once.</summary>
    /// <exception cref="SecretsSourceException">The login failed.</exception>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Says in how many calls that many secrets are read.</summary>
    int CountCalls(IReadOnlyCollection<RemoteName> names);

    /// <summary>Gives all secrets whose names begin with a prefix.</summary>
    /// <exception cref="SecretsSourceException">The list failed.</exception>
    Task<IReadOnlyList<RemoteMetadata>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Gives the current version of each of these that exists, without its content; <see langword="null"/> where this program may not look at versions.</summary>
    /// <param name="stamps">The secrets with the <see cref="RemoteSecret.Stamp"/> that was read last.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    Task<IReadOnlyList<RemoteMetadata>?> CheckAsync(IReadOnlyDictionary<RemoteName, string> stamps, CancellationToken cancellationToken);

    /// <summary>Gives up what is held for a secret whose values a server refused, so that the next read gets others.</summary>
    void Reject(RemoteRead refused);

    /// <summary>Gives in how long the source must be read again after this load, where something ends by itself; <see langword="null"/> where nothing does.</summary>
    TimeSpan? RefreshAfter(IReadOnlyList<RemoteRead> reads);

    /// <summary>Creates what continues in the next load, with what is held open.</summary>
    RemoteState StateOf(IReadOnlyList<RemoteRead> reads);

    /// <summary>Gives up what this load began to hold open, since it failed.</summary>
    ValueTask DiscardAsync();
}
