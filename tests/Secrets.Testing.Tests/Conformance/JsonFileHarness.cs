using System.Text.Json;
using CustomSource;

namespace Secrets.Testing.Tests.Conformance;

/// <summary>The sample of a source by hand.</summary>
internal sealed class JsonFileHarness : SourceHarness
{
    private readonly string _folder = Directory.CreateTempSubdirectory("secrets-json-").FullName;
    private readonly string _file;

    public JsonFileHarness()
    {
        _file = Path.Combine(_folder, "secrets.json");
        Lacks(SourceAbility.Bytes, "JSON has no bytes");
        Lacks(SourceAbility.Versions, "a file has no versions");
        if (OperatingSystem.IsWindows())
        {
            Cannot(SourceFault.Unavailable, "links need a privilege on Windows");
        }

        Cannot(SourceFault.AccessDenied, "a test does not take rights away from the user who runs it");
        Cannot(SourceFault.Silent, "a file is read without waiting");
        Cannot(SourceFault.SecretDenied, "a file is readable whole or not at all");
    }

    public override ISecretsSource CreateSource() => new JsonFileSource(new SecretsFileOptions { Files = [_file] });

    public override async ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
    {
        File.Delete(_file);
        await using FileStream stream = File.Create(_file);
        await using var json = new Utf8JsonWriter(stream);
        Write(json, [.. secrets.Select(s => (s.Path.Segments.ToArray(), s.Value))]);
    }

    public override async ValueTask BreakAsync(SourceFault fault, SecretEntry secret)
    {
        File.Delete(_file);
        if (fault == SourceFault.Unavailable)
        {
            File.CreateSymbolicLink(_file, _file);
        }
        else if (fault == SourceFault.Malformed)
        {
            await File.WriteAllTextAsync(_file, $$"""{ "{{secret.Path}}": {{secret.Value.Reveal()}} }""");
        }
    }

    public override string LocationOf(SecretPath path) => $"{_file}:/{string.Join('/', path.Segments)}";

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return base.DisposeAsync();
    }

    private static void Write(Utf8JsonWriter json, (string[] Keys, SecretValue Value)[] secrets)
    {
        json.WriteStartObject();
        foreach (var key in secrets.GroupBy(s => s.Keys[0]))
        {
            json.WritePropertyName(key.Key);
            switch (key.First())
            {
                case { Keys.Length: > 1 }:
                    Write(json, [.. key.Select(s => (s.Keys[1..], s.Value))]);
                    break;
                case { Value.Kind: SecretKind.String } leaf:
                    json.WriteStringValue(leaf.Value.Reveal());
                    break;
                case var leaf:
                    json.WriteRawValue(leaf.Value.Reveal());
                    break;
            }
        }

        json.WriteEndObject();
    }
}
