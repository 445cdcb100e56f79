using System.Text;
using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>A TOML document that is not in a file; <see langword="null"/> is a missing store. Otherwise as <see cref="TomlSource"/>.</summary>
internal sealed class TomlTextSource : ISecretsSource
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly TomlReaderOptions _options;
    private readonly string _place;
    private readonly Func<string?> _text;

    public TomlTextSource(TomlOptions options, string place, Func<string?> text)
    {
        options.Validate(Name);
        _options = options.Reading()(place);
        _place = place;
        _text = text;
    }

    public string Name => "toml";

    public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_text() is not { } text)
        {
            return ValueTask.FromResult(new SecretsBatch([]) { IsMissing = true, Places = [_place] });
        }

        TomlTable table = TomlReader.Read(Encode(text), _options);
        return ValueTask.FromResult(new SecretsBatch(TomlEntries.Of(table, p => request.Origin(_place, p.Line, p.Column))) { Places = [_place] });
    }

    private byte[] Encode(string text)
    {
        try
        {
            return StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw new SecretsFormatException("expected text that UTF-8 can write; half of a surrogate pair is in it", _place);
        }
    }
}
