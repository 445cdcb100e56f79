namespace Secrets.Remote.Loading;

/// <summary>Where a load looked, and for which part of the view.</summary>
/// <param name="text">The secret or the prefix, and the store, for people.</param>
/// <param name="at">The path of what is there.</param>
internal sealed class RemotePlace(string text, SecretPath at)
{
    public string Text { get; } = text;

    /// <summary>Says whether what is there may hold the path, or a part of it.</summary>
    public bool Concerns(SecretPath path) => path.Overlaps(at, KeyComparison.Equivalent);
}
