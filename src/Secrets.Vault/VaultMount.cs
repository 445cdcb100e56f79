namespace Secrets.Vault;

/// <summary>Where a secrets engine is mounted.</summary>
public sealed class VaultMount
{
    /// <summary>Makes a mount.</summary>
    /// <param name="path">Its path, with a slash at the end, as in <c>secret/</c>.</param>
    /// <param name="kind">What kind of engine it is of.</param>
    /// <exception cref="ArgumentException">The path does not end with a slash.</exception>
    public VaultMount(string path, VaultMountKind kind)
    {
        ArgumentNullException.ThrowIfNull(path);
        Path = path.EndsWith('/') ? path : throw new ArgumentException("The path of a mount ends with a slash.", nameof(path));
        Kind = kind;
    }

    /// <summary>Gets its path, with a slash at the end.</summary>
    public string Path { get; }

    /// <summary>Gets what kind of engine it is of.</summary>
    public VaultMountKind Kind { get; }
}
