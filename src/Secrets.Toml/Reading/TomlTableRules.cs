namespace Secrets.Toml.Reading;

/// <summary>What headers and dotted keys may add to what a document defines already (TOML, "Table", "Keys" and "Array of Tables").</summary>
internal static class TomlTableRules
{
    /// <summary>Gives the table that a header defines, which headers or keys below it may have created before.</summary>
    public static TomlTable Define(in TomlCursor cursor, in TomlValue value, int keyOffset)
    {
        if (value is not { Kind: SecretKind.Section, Table: { State: TomlTableState.Implicit } table })
        {
            string message = value.Kind is SecretKind.Section or SecretKind.Array
                ? "this table is defined twice; the first is at"
                : "this table has the name of a value, which is at";
            throw Conflict(cursor, message, value, keyOffset);
        }

        table.State = TomlTableState.Header;
        return table;
    }

    /// <summary>Gives the array to which a header with double brackets adds a table.</summary>
    public static TomlArray Extend(in TomlCursor cursor, in TomlValue value, int keyOffset) =>
        value is { Kind: SecretKind.Array, Array: { IsOfTables: true } array }
            ? array
            : throw Conflict(cursor, "this key is defined already and is no array of tables; it is at", value, keyOffset);

    /// <summary>Gives the table that a header passes through: of an array of tables, the last.</summary>
    public static TomlTable StepByHeader(in TomlCursor cursor, in TomlValue value, int keyOffset) => value switch
    {
        { Kind: SecretKind.Section, Table: { State: not TomlTableState.Inline } table } => table,
        { Kind: SecretKind.Array, Array: { IsOfTables: true } array } => array.Items[^1].Table,
        _ => throw Closed(cursor, value, keyOffset),
    };

    /// <summary>Gives the table that a dotted key passes through.</summary>
    public static TomlTable StepByDottedKey(in TomlCursor cursor, in TomlValue value, int keyOffset)
    {
        if (value.Kind != SecretKind.Section || value.Table.State == TomlTableState.Inline)
        {
            throw Closed(cursor, value, keyOffset);
        }

        if (value.Table.State == TomlTableState.Header)
        {
            throw Conflict(cursor, "a dotted key cannot add to a table that has a header; it is at", value, keyOffset);
        }

        value.Table.State = TomlTableState.Dotted;
        return value.Table;
    }

    /// <summary>Creates the exception for a key that is defined twice.</summary>
    public static SecretsFormatException Duplicate(in TomlCursor cursor, in TomlValue value, int keyOffset) =>
        Conflict(cursor, "this key is defined twice; the first is at", value, keyOffset);

    private static SecretsFormatException Closed(in TomlCursor cursor, in TomlValue value, int keyOffset) =>
        Conflict(cursor, "nothing can be added to this key, which has its whole value; it is at", value, keyOffset);

    private static SecretsFormatException Conflict(in TomlCursor cursor, string message, in TomlValue with, int keyOffset) =>
        cursor.Error($"{message} {with.Position}", keyOffset);
}
