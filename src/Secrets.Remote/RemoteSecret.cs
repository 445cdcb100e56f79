using System.Diagnostics;

namespace Secrets.Remote;

/// <summary>A secret as a store gave it. Its content is in no text, debugger display or serialization.</summary>
public sealed class RemoteSecret
{
    /// <summary>Creates a secret that is text.</summary>
    /// <param name="text">The text, exactly as it was stored. Whether a JSON object becomes several keys is the program's choice (<see cref="SecretFormat"/>).</param>
    public RemoteSecret(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
    }

    /// <summary>Creates a secret that is bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public RemoteSecret(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        Bytes = bytes;
    }

    /// <summary>Creates a secret that is a list of texts.</summary>
    /// <param name="texts">The texts, which become an array.</param>
    public RemoteSecret(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        List = [.. texts];
    }

    private RemoteSecret()
    {
    }

    /// <summary>Gets the store's version of the content, which origins show, such as a number or an identifier.</summary>
    /// <value>Default <see langword="null"/>: the store has no versions.</value>
    public string? Version { get; init; }

    /// <summary>
    /// Gets what identifies this content, such as the version or an ETag: a secret that still has this stamp has not changed. Refreshes compare it (<see cref="IRemoteVersions"/>,
    /// <see cref="RemoteListedSecret.Stamp"/>).
    /// </summary>
    /// <value>Default <see langword="null"/>: nothing tells for certain, and every refresh reads the secret.</value>
    public string? Stamp { get; init; }

    /// <summary>Gets where the secret lives, in the store's own notation.</summary>
    /// <value>Default <see langword="null"/>: <see cref="IRemoteStore.LocationOf"/> says it.</value>
    public string? Location { get; init; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? Text { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal byte[]? Bytes { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal IReadOnlyList<string>? List { get; }

    /// <summary>Gets what tells whether a content means the same as another one that differs, as where it counts down; <see langword="null"/> where every difference counts.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal string? Fingerprint { get; init; }

    /// <summary>Gets why the store cannot give the content, as the store says it.</summary>
    internal RemoteFailure? Problem { get; private init; }

    /// <summary>Creates a secret that exists and cannot be read, such as one that is disabled or that a batch says is denied.</summary>
    /// <param name="failure">Why.</param>
    /// <returns>The secret.</returns>
    public static RemoteSecret Unreadable(RemoteFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new RemoteSecret { Problem = failure };
    }

    /// <summary>Shows nothing of the content.</summary>
    /// <returns>The version, if there is one.</returns>
    public override string ToString() => Version is null ? "a secret" : "a secret, version " + Version;
}
