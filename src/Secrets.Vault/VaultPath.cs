namespace Secrets.Vault;

/// <summary>What a path of Vault may be made of, in one place.</summary>
internal static class VaultPath
{
    /// <summary>
    /// What a key may be made of. Vault takes more; what has a meaning in URLs, in its policies or in places of ours (<c>/ % ? # * "</c>) is left out, and so is
    /// what no keyboard has.
    /// </summary>
    public const string Allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.~@:+=,!$&'()[]{}|^ ";

    /// <summary>What a message says of a path that is not made of these.</summary>
    public const string Explanation = "the keys of a path are made of ASCII letters, digits and usual signs, and are not dots alone";

    public static bool IsPath(string text) => text.Split('/').All(IsSegment);

    // A segment of dots climbs in a URL (RFC 3986, section 5.2.4); Vault takes no spaces at the ends.
    public static bool IsSegment(string text) =>
        text is not ("" or "." or "..") && text.All(c => Allowed.Contains(c, StringComparison.Ordinal)) && text[0] != ' ' && text[^1] != ' ';

    /// <summary>Gives a path as it stands in a URL.</summary>
    public static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
