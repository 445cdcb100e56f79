using Secrets.Toml.Reading;

namespace Secrets.Toml;

/// <summary>A TOML document that is not in a file; <see langword="null"/> is a missing store. Otherwise as <see cref="TomlSource"/>.</summary>
internal sealed class TomlTextSource : ISecretsSource
{
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

        TomlTable table = TomlReader.Read(TomlBytes.Of(text, _place), _options);
        return ValueTask.FromResult(new SecretsBatch(TomlEntries.Of(table, p => request.Origin(_place, p.Line, p.Column))) { Places = [_place] });
    }
}
