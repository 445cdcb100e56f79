using System.Text;
using System.Text.Unicode;

namespace Secrets.Toml.Directories;

/// <summary>What a file's content is as a secret.</summary>
internal static class FileText
{
    /// <summary>
    /// Gives text for valid UTF-8, without a byte order mark and without one line break at its end, since editors and <c>echo</c> put them there;
    /// anything else is binary, and kept as it is.
    /// </summary>
    public static SecretValue ToValue(ReadOnlySpan<byte> content, SecretOrigin origin)
    {
        if (!Utf8.IsValid(content))
        {
            return SecretValue.FromBytes(content, origin);
        }

        ReadOnlySpan<byte> text = content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        text = text.EndsWith("\r\n"u8) ? text[..^2] : text.EndsWith("\n"u8) ? text[..^1] : text;
        return SecretValue.FromText(Encoding.UTF8.GetString(text), origin);
    }
}
