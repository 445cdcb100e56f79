namespace Secrets.Remote.Credentials;

/// <summary>The name of a file in a message. Where somebody gave what should stand in the file, such as a token or a key, the message must not quote it.</summary>
internal static class CredentialFile
{
    /// <summary>What to do where a name is not shown.</summary>
    public const string Advice = "give the name of a file, and not what stands in it.";

    // Tokens have 26 characters and more; those of the parts of relative names rarely do.
    private const int LongestPart = 24;

    /// <summary>Gives a name for a message, or <c>***</c> where it may be a content.</summary>
    public static string Shown(string name) => MayBeContent(name) ? "***" : SecretOrigin.Printable(name);

    /// <summary>Says whether a text may be what stands in a file: it has lines, begins as PEM does, or is relative and has a part as long as a token.</summary>
    public static bool MayBeContent(string name) =>
        name.Contains("-----BEGIN", StringComparison.Ordinal)
        || name.Any(char.IsControl)
        || (!Path.IsPathFullyQualified(name) && name.Split('/', '\\').Any(part => part.Length > LongestPart));
}
