namespace Secrets.Remote.Http;

/// <summary>Which text a header can hold. The platform's own check quotes what it refuses, and a credential must not be quoted.</summary>
internal static class HeaderText
{
    /// <summary>Says whether a text is one line of visible ASCII characters (RFC 9110, section 5.5), and not empty.</summary>
    public static bool IsValid(string text) => text.Length > 0 && text.All(c => c is > ' ' and <= '~');
}
