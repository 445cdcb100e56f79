using Secrets.Remote;

namespace Secrets.Vault;

/// <summary>What a path of Vault may be made of, in one place.</summary>
internal static class VaultPath
{
    /// <summary>
    /// What a key may be made of. Vault takes more; what has a meaning in URLs, in its policies or in places of ours (<c>/ % ? # * "</c>) is left out, and so is
    /// what no keyboard has.
    /// </summary>
    public const string Allowed = RemoteNameRules.Letters + "_-.~@:+=,!$&'()[]{}|^ ";

    /// <summary>What a message says of a path that is not made of these.</summary>
    public const string Explanation = "the keys of a path are made of ASCII letters, digits and usual signs, and are not dots alone";

    public static bool IsPath(string text) => text.Split('/').All(IsSegment);

    /// <summary>Says whether a text names a namespace; empty is the root one.</summary>
    public static bool IsNamespace(string text) => text.Trim('/') is { } name && (name.Length == 0 || IsPath(name));

    /// <summary>Says what is wrong with the path of a secret; <see langword="null"/> where nothing is.</summary>
    public static string? MistakeInSecret(string path) =>
        MistakeInAny(path)
        ?? (path.EndsWith('/') ? $"{Quoted(path)} ends with a slash: Prefix takes what stands for all secrets below it"
            : !path.Contains('/', StringComparison.Ordinal) ? $"{Quoted(path)} has no slash: the mount or the name of the secret is missing"
            : MistakeInSegments(path, path));

    /// <summary>Says what is wrong with the path that secrets are below; <see langword="null"/> where nothing is.</summary>
    public static string? MistakeInPrefix(string path) =>
        MistakeInAny(path)
        ?? (!path.EndsWith('/') ? $"{Quoted(path)} has none: write {Quoted(path + "/")}, or use Secret for one secret"
            : MistakeInSegments(path, path[..^1]));

    // An address may have a password in it, and is not quoted.
    private static string? MistakeInAny(string path) => path.Contains("://", StringComparison.Ordinal) ? "this is an address, which AddVault takes before the path"
        : path is "" or "/" ? "this one is empty"
        : path[0] == '/' ? $"{Quoted(path)} begins with a slash: write {Quoted(path.TrimStart('/'))}"
        : null;

    private static string? MistakeInSegments(string path, string segments) => IsPath(segments)
        ? null
        : $"{Quoted(path)} has an empty segment, one of dots alone, a space at an end, or a character that a path does not have";

    private static string Quoted(string path) => $"\"{SecretOrigin.Printable(path)}\"";

    // A segment of dots climbs in a URL (RFC 3986, section 5.2.4); Vault takes no spaces at the ends.
    public static bool IsSegment(string text) =>
        text is not ("" or "." or "..") && text.All(c => Allowed.Contains(c, StringComparison.Ordinal)) && text[0] != ' ' && text[^1] != ' ';

    /// <summary>Says whether a text can be one segment that names somebody, as in <c>EXAMPLE\ann</c>: it is encoded, so that more is allowed than in the path of a secret.</summary>
    public static bool IsName(string text) => text is not ("" or "." or "..") && !text.Any(c => c == '/' || char.IsControl(c));

    /// <summary>Gives a path as it stands in a URL.</summary>
    public static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
