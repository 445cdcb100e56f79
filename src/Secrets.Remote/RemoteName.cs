namespace Secrets.Remote;

/// <summary>The name of a secret in its store, with one of its versions if the program chose one.</summary>
public readonly struct RemoteName : IEquatable<RemoteName>
{
    /// <summary>Creates a name.</summary>
    /// <param name="name">The name, as the store writes it.</param>
    /// <param name="version">The version, as the store writes it; <see langword="null"/> for the latest.</param>
    public RemoteName(string name, string? version = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Version = version;
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the version; <see langword="null"/> for the latest.</summary>
    public string? Version { get; }

    /// <summary>Compares two names exactly.</summary>
    /// <param name="left">One name.</param>
    /// <param name="right">The other name.</param>
    /// <returns><see langword="true"/> if name and version are the same.</returns>
    public static bool operator ==(RemoteName left, RemoteName right) => left.Equals(right);

    /// <summary>Compares two names exactly.</summary>
    /// <param name="left">One name.</param>
    /// <param name="right">The other name.</param>
    /// <returns><see langword="true"/> if name or version differ.</returns>
    public static bool operator !=(RemoteName left, RemoteName right) => !left.Equals(right);

    /// <summary>Compares two names exactly.</summary>
    /// <param name="other">The other name.</param>
    /// <returns><see langword="true"/> if name and version are the same.</returns>
    public bool Equals(RemoteName other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal) && string.Equals(Version, other.Version, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RemoteName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Version);

    /// <summary>Gives the name and the version.</summary>
    /// <returns>As in <c>shop (version 3)</c>, or <c>shop (stage old)</c> where the version is two words; the name alone where no version was chosen.</returns>
    public override string ToString() => Version is null ? Name : $"{Name} ({(Version.Contains(' ', StringComparison.Ordinal) ? Version : "version " + Version)})";
}
