using System.Diagnostics;

namespace Secrets.Remote;

/// <summary>What a store said of one secret: its content, that it cannot be read, or that there is none.</summary>
internal sealed class RemoteSecret
{
    public required RemoteName Name { get; init; }

    /// <summary>Gets where it lives, in the store's own notation; <see langword="null"/> where the store did not say it, and <see cref="IRemoteStore.LocationOf"/> must.</summary>
    public string? Location { get; init; }

    /// <summary>Gets the store's version of the content, for origins; it changes whenever the content does.</summary>
    public string? Version { get; init; }

    /// <summary>Gets what tells, without the content, whether it is still this one: the version, or what the store's listings have instead; <see langword="null"/> where nothing tells it for sure.</summary>
    public string? Stamp { get; init; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Text { get; init; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public byte[]? Bytes { get; init; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<string>? List { get; init; }

    /// <summary>Gets what tells whether a content means the same as another one that differs, as where it counts down; <see langword="null"/> where every difference counts.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Fingerprint { get; init; }

    /// <summary>Gets why it exists and cannot be read.</summary>
    public SecretsSourceException? Failure { get; init; }

    /// <summary>Gets a value indicating whether <see cref="Failure"/> concerns the whole store, as where there is no connection.</summary>
    public bool IsStoreOut { get; init; }

    public bool IsMissing => Text is null && Bytes is null && List is null && Failure is null;

    public override string ToString() => Name.ToString();
}
