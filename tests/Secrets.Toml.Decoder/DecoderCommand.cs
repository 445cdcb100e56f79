using Secrets.Toml.Reading;

namespace Secrets.Toml.Decoder;

/// <summary>The program without the process: streams and arguments in, an exit code out.</summary>
internal static class DecoderCommand
{
    /// <summary>The document was valid and is on the output.</summary>
    public const int Valid = 0;

    /// <summary>The document is invalid; the reason is among the errors.</summary>
    public const int Invalid = 1;

    /// <summary>The arguments are not known; the usage is among the errors.</summary>
    public const int Misused = 2;

    private const string Usage = "usage: Secrets.Toml.Decoder [--toml 1.0|1.1] < document.toml";

    /// <summary>Reads a TOML document and writes it as the tagged JSON of toml-test.</summary>
    public static int Run(Stream input, Stream output, TextWriter errors, string[] args)
    {
        if (ReadVersion(args) is not { } version)
        {
            errors.WriteLine(Usage);
            return Misused;
        }

        using MemoryStream document = new();
        input.CopyTo(document);
        try
        {
            TaggedJson.Write(output, TomlReader.Read(document.ToArray(), new TomlReaderOptions { Version = version }));
            return Valid;
        }
        catch (SecretsFormatException e)
        {
            errors.WriteLine(e.Message);
            return Invalid;
        }
    }

    private static TomlVersion? ReadVersion(string[] args) => args switch
    {
        [] or ["--toml", "1.1"] => TomlVersion.Toml11,
        ["--toml", "1.0"] => TomlVersion.Toml10,
        _ => null,
    };
}
