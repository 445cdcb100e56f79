namespace Secrets.Toml.Decoder;

/// <summary>The process: standard input to standard output, as toml-test runs decoders.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using Stream input = Console.OpenStandardInput();
        using Stream output = Console.OpenStandardOutput();
        return DecoderCommand.Run(input, output, Console.Error, args);
    }
}
