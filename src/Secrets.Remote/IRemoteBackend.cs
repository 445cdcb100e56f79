namespace Secrets.Remote;

/// <summary>What <see cref="RemoteLoad"/> needs of a store. One is created for each load, so that it can name the source as the chain does.</summary>
/// <remarks>
/// A listing throws a <see cref="SecretsSourceException"/> where it fails. A failure of a fetch or a check is the <c>Failure</c> of the secrets that it
/// concerns, and <c>IsStoreOut</c> where it concerns the whole store.
/// </remarks>
internal interface IRemoteBackend
{
    /// <summary>Gets what messages call the store, as in <c>Secrets Manager in eu-west-1</c>.</summary>
    string Place { get; }

    /// <summary>Gets how paths become names.</summary>
    NameRules Rules { get; }

    /// <summary>Gives where a secret lives, in the store's own notation, as far as its name tells.</summary>
    string LocationOf(RemoteName name) => name.Name;

    /// <summary>Gives what people mostly get wrong about a name that is not there, as a sentence; empty for nothing.</summary>
    string HintWhereMissing(RemoteName name) => "";

    /// <summary>Says in how many calls that many secrets are fetched.</summary>
    int CountCalls(IReadOnlyCollection<RemoteName> names);

    /// <summary>Gives all secrets whose names begin with a prefix.</summary>
    Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Gives the content of each of these, in any order.</summary>
    Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken);

    /// <summary>Gives the current version of each of these that exists, without its content; <see langword="null"/> where the store, or what this program may do there, knows no such call.</summary>
    /// <param name="stamps">The secrets with the <see cref="RemoteSecret.Stamp"/> that was read last.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyDictionary<RemoteName, string> stamps, CancellationToken cancellationToken);

    /// <summary>Says whether what was read under one stamp is still what a look at the store finds under another.</summary>
    bool IsCurrent(string stamp, string now) => string.Equals(stamp, now, StringComparison.Ordinal);

    /// <summary>Gets the texts of what the last calls found wrong and left out.</summary>
    IReadOnlyList<string> Warnings => [];

    /// <summary>Gives up what the store holds for a secret whose values a server refused, so that the next fetch gets others.</summary>
    void Reject(RemoteRead refused)
    {
    }

    /// <summary>Gets in how long the source must be read again after this load, where something runs out that the store gave; <see langword="null"/> where nothing does.</summary>
    TimeSpan? RefreshAfter(IReadOnlyList<RemoteRead> reads) => null;

    /// <summary>Gets a value indicating whether the state of the load before goes on as it is, where nothing was read anew.</summary>
    bool KeepsState => true;

    /// <summary>Makes what goes on to the next load, with what the store itself holds open.</summary>
    RemoteState StateOf(IReadOnlyList<RemoteRead> reads) => new(reads);

    /// <summary>Gives up what this load began to hold open, since it failed.</summary>
    ValueTask DiscardAsync() => ValueTask.CompletedTask;
}
