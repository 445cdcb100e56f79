using System.Globalization;

namespace Secrets.Redaction;

/// <summary>Writes a list of places into a message: ten of them, then how many more there are. A store may have thousands.</summary>
internal static class PlaceList
{
    private const int MaxPlaces = 10;

    /// <param name="places">The places.</param>
    /// <param name="separator">What stands between two of them.</param>
    /// <param name="last">What stands before the last of several; <see langword="null"/> for the separator.</param>
    public static string Of(IReadOnlyList<string> places, string separator, string? last = null)
    {
        string[] parts = places.Count > MaxPlaces
            ? [.. places.Take(MaxPlaces), string.Create(CultureInfo.InvariantCulture, $"{places.Count - MaxPlaces:N0} more")]
            : [.. places];
        last ??= parts.Length > MaxPlaces ? separator + "and " : separator;
        return parts.Length < 2 ? string.Concat(parts) : string.Join(separator, parts[..^1]) + last + parts[^1];
    }
}
