namespace Secrets.Remote.Http;

/// <summary>Error codes and identifiers of a store's answer. A hostile server could make any text of them.</summary>
internal static class VendorCodes
{
    /// <summary>Gives a code, or <see langword="null"/> if it is not one word of at most 64 ASCII letters, digits, dots, dashes and underscores.</summary>
    public static string? Clean(string? text) =>
        text?.Trim() is { Length: > 0 and <= 64 } word && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') ? word : null;
}
