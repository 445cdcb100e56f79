using Secrets.Remote.Http;

namespace Secrets.Aws.Runtime;

/// <summary>Reads what a service says of itself in one word, of which a hostile one could make a text.</summary>
internal static class AwsErrorCode
{
    /// <summary>
    /// Takes the name out of <c>com.amazonaws.secretsmanager#ResourceNotFoundException:http://…</c> ("Operation error serialization" of the protocol "AWS JSON 1.1");
    /// <see langword="null"/> where what is left is not one short word.
    /// </summary>
    public static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return VendorCodes.Clean(text[(text.IndexOf('#', StringComparison.Ordinal) + 1)..].Split(':')[0]);
    }
}
