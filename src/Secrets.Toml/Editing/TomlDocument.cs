using Secrets.Toml.Reading;

namespace Secrets.Toml.Editing;

/// <summary>A document that was read for an edit: its bytes, its content, and where everything stands.</summary>
internal sealed class TomlDocument
{
    private readonly TomlVersion _version;

    private TomlDocument(byte[] utf8, TomlVersion version, string? file)
    {
        var layout = new TomlLayout();
        Utf8 = utf8;
        File = file;
        Layout = layout;
        _version = version;
        Root = TomlReader.Read(utf8, new TomlReaderOptions { Version = version, File = file, Layout = layout });
    }

    public byte[] Utf8 { get; }

    /// <summary>Gets the file's name in errors.</summary>
    public string? File { get; }

    public TomlTable Root { get; }

    public TomlLayout Layout { get; }

    /// <exception cref="SecretsFormatException">The bytes are not TOML of the version, or beyond a limit.</exception>
    public static TomlDocument Read(byte[] utf8, TomlVersion version, string? file) => new(utf8, version, file);

    /// <summary>Reads the document that this one becomes.</summary>
    public TomlDocument With(byte[] utf8) => new(utf8, _version, File);

    /// <summary>Reads a text that must be one value and nothing more.</summary>
    /// <exception cref="SecretsFormatException">It is not.</exception>
    public TomlValue ReadValue(string toml)
    {
        const string Key = "v = ";
        TomlDocument read;
        try
        {
            read = Read(TomlBytes.Of(Key + toml), _version, file: null);
        }
        catch (SecretsFormatException mistake)
        {
            // The place is one in the value, which is all that the caller knows.
            throw new SecretsFormatException(
                "the value is not TOML: " + mistake.Problem, file: null, mistake.Line, mistake.Line == 1 ? mistake.Column - Key.Length : mistake.Column) { IsBeyondLimit = mistake.IsBeyondLimit };
        }

        return read.Root.Count == 1 && read.Layout.Parts[^1] is { } part && part.ValueStart == Key.Length && part.End == read.Utf8.Length
            ? read.Root.Entries[0].Value
            : throw new SecretsFormatException("expected one TOML value, without a comment and without blanks around it");
    }

    /// <summary>Gives the tables at and below a value. Lists of inline tables are part of them.</summary>
    public static HashSet<TomlTable> TablesOf(in TomlValue value)
    {
        var tables = new HashSet<TomlTable>(ReferenceEqualityComparer.Instance);
        AddTables(value, tables);
        return tables;
    }

    public static HashSet<TomlTable> TablesOf(TomlTable table) => TablesOf(new TomlValue(SecretKind.Section, table, default));

    private static void AddTables(in TomlValue value, HashSet<TomlTable> tables)
    {
        if (value.Kind == SecretKind.Section)
        {
            tables.Add(value.Table);
            foreach (TomlEntry entry in value.Table.Entries)
            {
                AddTables(entry.Value, tables);
            }
        }
        else if (value.Kind == SecretKind.Array)
        {
            foreach (TomlValue item in value.Array.Items)
            {
                AddTables(item, tables);
            }
        }
    }
}
