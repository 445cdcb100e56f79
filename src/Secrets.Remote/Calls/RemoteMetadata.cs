namespace Secrets.Remote.Calls;

/// <summary>A secret as a listing or a look at its metadata tells of it, without its content.</summary>
internal sealed class RemoteMetadata
{
    public required RemoteName Name { get; init; }

    /// <summary>Gets the <see cref="RemoteSecret.Stamp"/> that a load would get now; <see langword="null"/> where the store does not say it here.</summary>
    public string? Stamp { get; init; }

    /// <summary>Gets where it lives, in the store's own notation; <see langword="null"/> where the store does not say it here.</summary>
    public string? Location { get; init; }

    /// <summary>Gets the whole answer, of a store whose lists have the content or say why it cannot be read.</summary>
    public RemoteAnswer? Answer { get; init; }
}
