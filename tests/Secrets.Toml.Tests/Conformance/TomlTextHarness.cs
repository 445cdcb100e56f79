using System.Globalization;
using Secrets.Testing;

namespace Secrets.Toml.Tests.Conformance;

/// <summary>A document in a variable, as <c>AddTomlFromEnvironment</c> reads it and, but for its being missing, <c>AddTomlText</c>.</summary>
internal sealed class TomlTextHarness : SourceHarness
{
    private const string Variable = "SECRETS_BOX";

    private readonly List<SecretPath> _lines = [];
    private string? _text;

    public TomlTextHarness()
    {
        Lacks(SourceAbility.Bytes, "TOML has no bytes");
        Lacks(SourceAbility.Versions, "a variable has no versions");
        Cannot(SourceFault.Unavailable, "a variable is always within reach");
        Cannot(SourceFault.AccessDenied, "a variable is open to its process");
        Cannot(SourceFault.Silent, "a variable is read without waiting");
        Cannot(SourceFault.SecretDenied, "a variable is readable whole or not at all");
    }

    public override ISecretsSource CreateSource() => new TomlTextSource(new TomlOptions(), Variable, () => _text);

    public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        _lines.Clear();
        _lines.AddRange(secrets.Select(s => s.Path));
        _text = string.Concat(secrets.Select(TomlLine.Of));
        return ValueTask.CompletedTask;
    }

    public override ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        _text = fault == SourceFault.Missing ? null : TomlLine.Of(secret) + "broken = " + secret.Value.Reveal();
        return ValueTask.CompletedTask;
    }

    public override string LocationOf(SecretPath path) => string.Create(CultureInfo.InvariantCulture, $"{Variable}({_lines.IndexOf(path) + 1},1)");
}
