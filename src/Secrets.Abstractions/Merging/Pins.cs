using Secrets.Keys;

namespace Secrets.Merging;

/// <summary>Which paths only one source may supply; the deepest pin at or above a path counts.</summary>
internal sealed class Pins
{
    public static readonly Pins None = new([], StringComparer.Ordinal);
    private readonly IReadOnlyList<Pin> _pins;
    private readonly IEqualityComparer<string> _keys;
    private readonly PathComparer _paths;
    private readonly Dictionary<SecretPath, string> _targets;
    private readonly Dictionary<string, HashSet<SecretPath>> _above = new(StringComparer.Ordinal);
    private readonly int _deepest;

    public Pins(IReadOnlyList<Pin> pins, IEqualityComparer<string> keys)
    {
        _pins = pins;
        _keys = keys;
        _paths = new PathComparer(keys);
        _targets = new(pins.Count, _paths);
        for (int i = 0; i < pins.Count; i++)
        {
            Add(pins[i].Path, pins[i].Source);
            _deepest = Math.Max(_deepest, pins[i].Path.Segments.Count);
        }
    }

    public bool IsEmpty => _pins.Count == 0;

    public bool Allows(SecretPath path, string source)
    {
        for (int count = IsEmpty ? -1 : Math.Min(path.Segments.Count, _deepest); count >= 0; count--)
        {
            if (_targets.TryGetValue(Prefix(path, count), out string? target))
            {
                return string.Equals(target, source, StringComparison.Ordinal);
            }
        }

        return true;
    }

    /// <summary>Gives these pins with paths pinned to one more source, over whatever was pinned at them or below them.</summary>
    public Pins With(IReadOnlyList<SecretPath> pinned, string source) =>
        new([.. _pins.Where(p => !pinned.Any(path => _paths.StartsWith(p.Path, path))), .. pinned.Select(path => new Pin(path, source))], _keys);

    /// <summary>True where the source may supply something below the path, so that its section there must be looked into.</summary>
    public bool AllowsBelow(SecretPath path, string source) => _above.TryGetValue(source, out HashSet<SecretPath>? above) && above.Contains(path);

    private void Add(SecretPath path, string source)
    {
        _targets[path] = source;
        if (!_above.TryGetValue(source, out HashSet<SecretPath>? above))
        {
            above = new HashSet<SecretPath>(_paths);
            _above.Add(source, above);
        }

        for (int count = 0; count < path.Segments.Count; count++)
        {
            above.Add(Prefix(path, count));
        }
    }

    private static SecretPath Prefix(SecretPath path, int count) => count == path.Segments.Count ? path : new SecretPath(path.Segments.Take(count));
}
