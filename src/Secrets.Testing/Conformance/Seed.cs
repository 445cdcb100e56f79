using System.Text;

namespace Secrets.Testing.Conformance;

/// <summary>Makes what a harness is told to store.</summary>
internal static class Seed
{
    private static readonly SecretOrigin _origin = new("conformance", "seed", version: null, DateTimeOffset.UnixEpoch);

    public static SecretEntry Text(string path, string text) => Of(SecretKind.String, path, text);

    public static SecretEntry Of(SecretKind kind, string path, string text) => new(SecretPath.Parse(path), SecretValue.FromText(kind, text, _origin));

    public static SecretEntry Bytes(string path, ReadOnlySpan<byte> bytes) => new(SecretPath.Parse(path), SecretValue.FromBytes(bytes, _origin));

    /// <summary>Gives a text of that many bytes in UTF-8, no part of which is like another.</summary>
    public static string Long(int bytes)
    {
        var text = new StringBuilder(bytes);
        for (int i = 0; text.Length < bytes; i++)
        {
            text.Append(FormattableString.Invariant($"{i:x}."));
        }

        return text.ToString(0, bytes);
    }
}
