namespace Secrets.Remote;

/// <summary>One secret in a list, without its content unless the store sends that along.</summary>
public sealed class RemoteListedSecret
{
    /// <summary>Creates an entry of a list.</summary>
    /// <param name="name">The secret's name, as <see cref="IRemoteStore.ReadAsync"/> takes it.</param>
    public RemoteListedSecret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>Gets the secret's name.</summary>
    public string Name { get; }

    /// <summary>Gets the <see cref="RemoteSecret.Stamp"/> that a read would have now. Where it equals the one that was read, the secret is not read again.</summary>
    /// <value>Default <see langword="null"/>: the list does not say it.</value>
    public string? Stamp { get; init; }

    /// <summary>Gets where the secret lives, in the store's own notation.</summary>
    /// <value>Default <see langword="null"/>: <see cref="IRemoteStore.LocationOf"/> says it.</value>
    public string? Location { get; init; }

    /// <summary>Gets the secret itself, if the list has its content or says why it cannot be read. It is then not read once more.</summary>
    /// <value>Default <see langword="null"/>.</value>
    public RemoteSecret? Secret { get; init; }

    /// <summary>Gives the name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
