using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>TOML documents as the text of a secret in a store, as <c>Secret("prod/shop", format: TomlFormat.Default)</c>.</summary>
public sealed class TomlFormat : SecretFormat
{
    private const int MaxDepth = 64;

    private readonly TomlVersion _version;

    private TomlFormat(TomlVersion version) => _version = version;

    /// <summary>Gets the format of TOML 1.1, which takes every document of TOML 1.0. Tables and arrays nest up to 64 levels.</summary>
    public static TomlFormat Default { get; } = new(TomlVersion.Toml11);

    /// <summary>Gets the format of TOML 1.0 alone.</summary>
    public static TomlFormat Toml10 { get; } = new(TomlVersion.Toml10);

    /// <summary>Reads a TOML document; the place of a value is the secret's, with line and column: <c>arn:…(3,1)</c>.</summary>
    /// <param name="text">The document.</param>
    /// <param name="origin">Where the secret lives.</param>
    /// <returns>The leaves and their paths within the document.</returns>
    /// <exception cref="SecretsFormatException">The text is not TOML: <see cref="SecretsErrorCode.InvalidFormat"/>, with line and column.</exception>
    public override IReadOnlyList<SecretEntry> Read(string text, SecretOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(origin);
        TomlTable document = TomlReader.Read(TomlBytes.Of(text, origin.Location), new TomlReaderOptions { Version = _version, MaxDepth = MaxDepth, File = origin.Location });
        return [.. TomlEntries.Leaves(document, SecretPath.Root, p => new SecretOrigin(origin.SourceName, origin.Location + p, origin.Version, origin.ReadAt))];
    }
}
