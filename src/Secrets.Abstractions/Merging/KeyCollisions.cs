using System.Globalization;
using Secrets.Redaction;

namespace Secrets.Merging;

/// <summary>
/// The keys of one source that are equal under the comparison. In a file that is a mistake to correct, so the load fails and names both; in a store, that one
/// path becomes unreadable, names both, and the rest serves.
/// </summary>
internal sealed class KeyCollisions(string sourceName)
{
    // A file may have thousands, and a message of megabytes is read by nobody.
    private const int MaxNamed = 10;

    private readonly List<(string Message, SecretOrigin Second)> _duplicates = [];

    // All places of a key that stands more than once, by the node that says so.
    private readonly Dictionary<LayerNode, (List<string> Places, string Because)> _ambiguous = [];

    /// <summary>Gets how often a path of a store became unreadable.</summary>
    public int Ambiguous { get; private set; }

    /// <summary>Records that a key is equal to one that its section has already.</summary>
    public void Add(LayerNode parent, string key, SecretOrigin second, bool isSection, SecretPath parentPath)
    {
        LayerNode first = parent.Children![key];
        string because = isSection != first.Children is not null ? "one is a value, the other a section"
            : string.Equals(first.Key, key, StringComparison.Ordinal) && !IsOtherCase(first.Origin.Location, second.Location) ? "the spelling is the same"
            : "case, \"_\" and \"-\" make no difference";
        if (first.Origin.File is not null && second.File is not null)
        {
            _duplicates.Add(($"{parentPath.Append(key)} is the same key as the one at {first.Origin.Location} ({because}); remove one of them.", second));
            return;
        }

        Ambiguous++;
        if (!_ambiguous.TryGetValue(first, out (List<string> Places, string Because) known))
        {
            known = ([first.Origin.Location], because);
        }

        known.Places.Add(second.Location);
        var failure = new SecretsSourceException(
            SecretsErrorCode.InvalidFormat,
            $"{PlaceList.Of(known.Places, ", ", last: " and ")} are one key here ({known.Because}); keep one of them, and remove the others.",
            sourceName);
        var node = new LayerNode(first.Key, SecretValue.Unreadable(failure, first.Origin));
        _ambiguous.Remove(first);
        _ambiguous.Add(node, known);
        parent.Children[key] = node;
    }

    // The keys above may be spelled in two ways, which a store's names show.
    private static bool IsOtherCase(string first, string second) =>
        !string.Equals(first, second, StringComparison.Ordinal) && string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gives the failure that names the equal keys of files; <see langword="null"/> where there are none.</summary>
    public SecretsFormatException? Duplicates()
    {
        if (_duplicates.Count == 0)
        {
            return null;
        }

        (string message, SecretOrigin second) = _duplicates[0];
        string more = string.Concat(_duplicates.Take(MaxNamed).Skip(1).Select(d => $"{Environment.NewLine}{d.Second.Location}: {d.Message}"));
        string rest = _duplicates.Count > MaxNamed ? string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}and {_duplicates.Count - MaxNamed:N0} more.") : "";
        return new SecretsFormatException(message + more + rest, second.File, second.Line, second.Column);
    }
}
