namespace Secrets.Remote;

/// <summary>What a store is asked for: a secret by its native name, and one of its versions where the configuration says which.</summary>
internal readonly struct RemoteName(string name, string? version = null) : IEquatable<RemoteName>
{
    public string Name { get; } = name;

    public string? Version { get; } = version;

    public static bool operator ==(RemoteName left, RemoteName right) => left.Equals(right);

    public static bool operator !=(RemoteName left, RemoteName right) => !left.Equals(right);

    public bool Equals(RemoteName other) =>
        string.Equals(Name, other.Name, StringComparison.Ordinal) && string.Equals(Version, other.Version, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is RemoteName other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Name, Version);

    public override string ToString() => Version is null ? Name : $"{Name} ({Version})";
}
