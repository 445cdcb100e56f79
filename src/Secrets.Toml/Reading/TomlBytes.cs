using System.Text;

namespace Secrets.Toml.Reading;

/// <summary>Gives the bytes of a document that is text already.</summary>
internal static class TomlBytes
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Encodes a text as UTF-8.</summary>
    /// <param name="text">The document.</param>
    /// <param name="place">Where it is, for the exception.</param>
    /// <exception cref="SecretsFormatException">Half of a surrogate pair is in the text.</exception>
    public static byte[] Of(string text, string place)
    {
        try
        {
            return Of(text);
        }
        catch (EncoderFallbackException)
        {
            throw new SecretsFormatException("expected text that UTF-8 can write; half of a surrogate pair is in it", place);
        }
    }

    /// <summary>Encodes text that is known to be well-formed.</summary>
    public static byte[] Of(string text) => StrictUtf8.GetBytes(text);
}
