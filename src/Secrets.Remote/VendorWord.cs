namespace Secrets.Remote;

/// <summary>Reads what a store says of itself in one word, of which a hostile one could make a text.</summary>
internal static class VendorWord
{
    /// <summary>Gives the word, or <see langword="null"/> where it is not one short word of letters, digits, dashes and dots.</summary>
    public static string? Clean(string? text) =>
        text?.Trim() is { Length: > 0 and <= 64 } word && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') ? word : null;
}
