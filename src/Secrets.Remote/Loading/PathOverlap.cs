namespace Secrets.Remote.Loading;

/// <summary>Compares the places of two paths.</summary>
internal static class PathOverlap
{
    /// <summary>Says whether a path is another one, lies below it or lies above it.</summary>
    public static bool Overlaps(this SecretPath path, SecretPath other, KeyComparison comparison) =>
        path.StartsWith(other, comparison) || other.StartsWith(path, comparison);
}
