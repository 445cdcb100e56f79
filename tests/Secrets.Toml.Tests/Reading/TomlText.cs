using System.Text;

namespace Secrets.Toml.Reading;

/// <summary>What the tests of the reader share: documents as text in, trees as text out.</summary>
internal static class TomlText
{
    public static TomlTable Read(string toml, TomlVersion version = TomlVersion.Toml11) => Read(Encoding.UTF8.GetBytes(toml), version);

    public static TomlTable Read(ReadOnlySpan<byte> toml, TomlVersion version = TomlVersion.Toml11) =>
        TomlReader.Read(toml, new TomlReaderOptions { Version = version });

    /// <summary>Reads the document <c>v = …</c> and gives its value.</summary>
    public static TomlValue ReadValue(string toml, TomlVersion version = TomlVersion.Toml11) =>
        Read("v = " + toml, version).Entries[0].Value;

    public static SecretsFormatException Fails(string toml, TomlVersion version = TomlVersion.Toml11) =>
        Assert.Throws<SecretsFormatException>(() => Read(toml, version));

    /// <summary>Checks that a document is an error at a place, with a text in its message.</summary>
    public static void Fails(string toml, int line, int column, string fragment, TomlVersion version = TomlVersion.Toml11)
    {
        SecretsFormatException e = Fails(toml, version);
        Assert.Contains(fragment, e.Message);
        Assert.Equal((line, column), (e.Line, e.Column));
    }

    /// <summary>Gives a table as <c>{a=Integer 1, b=[Boolean true], c={d=String x}}</c>.</summary>
    public static string Render(TomlTable table)
    {
        List<string> entries = [];
        foreach (TomlEntry entry in table.Entries)
        {
            entries.Add($"{entry.Key}={Render(entry.Value)}");
        }

        return $"{{{string.Join(", ", entries)}}}";
    }

    public static string Render(in TomlValue value)
    {
        if (value.Kind == SecretKind.Section)
        {
            return Render(value.Table);
        }

        if (value.Kind != SecretKind.Array)
        {
            return $"{value.Kind} {value.Text}";
        }

        List<string> items = [];
        foreach (TomlValue item in value.Array.Items)
        {
            items.Add(Render(item));
        }

        return $"[{string.Join(", ", items)}]";
    }

    /// <summary>Gives every position of a document as <c>path@line,column</c>.</summary>
    public static IEnumerable<string> Positions(TomlTable table, string prefix = "")
    {
        List<string> positions = [];
        foreach (TomlEntry entry in table.Entries)
        {
            AddPositions(positions, prefix + entry.Key, entry.Value);
        }

        return positions;
    }

    private static void AddPositions(List<string> positions, string path, in TomlValue value)
    {
        positions.Add($"{path}@{value.Position.Line},{value.Position.Column}");
        if (value.Kind == SecretKind.Section)
        {
            positions.AddRange(Positions(value.Table, path + "."));
        }
        else if (value.Kind == SecretKind.Array)
        {
            for (int i = 0; i < value.Array.Count; i++)
            {
                AddPositions(positions, $"{path}.{i}", value.Array.Items[i]);
            }
        }
    }
}
