using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>Which paths only one source may supply; the deepest pin at or above a path counts.</summary>
internal sealed class Pins(IReadOnlyList<(SecretPath Path, string Source)> pins, IEqualityComparer<string> keys)
{
    private readonly PathComparer _paths = new(keys);

    public bool IsEmpty => pins.Count == 0;

    public bool Allows(SecretPath path, string source)
    {
        if (IsEmpty)
        {
            return true;
        }

        (SecretPath? deepest, string? target) = (null, null);
        foreach ((SecretPath pinned, string to) in pins)
        {
            if (_paths.StartsWith(path, pinned) && (deepest is null || pinned.Segments.Count >= deepest.Segments.Count))
            {
                (deepest, target) = (pinned, to);
            }
        }

        return target is null || string.Equals(target, source, StringComparison.Ordinal);
    }

    /// <summary>Gives these pins with paths pinned to one more source, over whatever was pinned at them or below them.</summary>
    public Pins With(IReadOnlyList<SecretPath> pinned, string source) =>
        new([.. pins.Where(p => !pinned.Any(path => _paths.StartsWith(p.Path, path))), .. pinned.Select(path => (path, source))], keys);

    /// <summary>True where the source may supply something below the path, so that its section there must be looked into.</summary>
    public bool AllowsBelow(SecretPath path, string source) =>
        pins.Any(p => string.Equals(p.Source, source, StringComparison.Ordinal) && p.Path.Segments.Count > path.Segments.Count && _paths.StartsWith(p.Path, path));
}
