using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Secrets.Files;

namespace Secrets;

/// <summary>The content of one file that holds secrets, read whole. <see cref="ToString"/> gives the file's name alone.</summary>
public sealed class SecretsFileContent
{
    internal SecretsFileContent(string file, byte[] bytes)
    {
        File = file;
        Bytes = bytes;
    }

    /// <summary>Gets the name of the file, for origins and errors. An editor that was started in the current directory finds it.</summary>
    public string File { get; }

    /// <summary>Gets the bytes of the file.</summary>
    [JsonIgnore]
    [IgnoreDataMember]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Decodes the content as UTF-8, without its byte order mark.</summary>
    /// <returns>The text. Its line ends are those of the file.</returns>
    /// <exception cref="SecretsFormatException">
    /// The content is not UTF-8: <see cref="SecretsErrorCode.InvalidFormat"/>. The message says so, and names UTF-16 and UTF-32 where the content is that.
    /// </exception>
    public string ReadText()
    {
        ReadOnlySpan<byte> utf8 = Bytes.Span;
        utf8 = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        bool isValid = Utf8.IsValid(utf8);
        if (ForeignEncoding.FindInDocument(utf8, isValid, File) is { } failure)
        {
            throw failure;
        }

        return isValid ? Encoding.UTF8.GetString(utf8) : throw new SecretsFormatException("this is not valid UTF-8; save the file as UTF-8", File);
    }

    /// <inheritdoc/>
    public override string ToString() => File;
}
