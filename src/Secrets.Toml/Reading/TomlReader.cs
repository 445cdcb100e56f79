using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Secrets.Toml.Reading;

/// <summary>
/// Reads a TOML document from its bytes in one pass. A mistake is a <see cref="SecretsFormatException"/> that says where it is
/// and what was expected, and never holds any part of the document.
/// </summary>
internal ref struct TomlReader
{
    private static readonly SearchValues<byte> BareKeyBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    private readonly TomlReaderOptions options;

    // Elements of the arrays that are not closed yet, the outermost array's first.
    private readonly List<TomlValue> elements = [];

    private TomlCursor cursor;

    private TomlReader(ReadOnlySpan<byte> utf8, TomlReaderOptions options)
    {
        this.options = options;
        cursor = new TomlCursor(utf8, options);
    }

    /// <summary>Reads a whole document.</summary>
    /// <exception cref="SecretsFormatException">The document is not TOML of the wanted version, or is beyond a limit.</exception>
    public static TomlTable Read(ReadOnlySpan<byte> utf8, TomlReaderOptions options) => new TomlReader(utf8, options).ReadDocument();

    private TomlTable ReadDocument()
    {
        TomlTable root = new(TomlTableState.Header);
        TomlTable current = root;
        int depth = 0;
        cursor.SkipBlankLines();
        while (!cursor.IsAtEnd)
        {
            if (cursor.Current == '[')
            {
                // Sections of one file are alike: each starts with room for as many keys as the one before it has.
                current = ReadHeader(root, current.Count, out depth);
            }
            else
            {
                ReadPair(current, depth);
            }

            ExpectLineEnd();
            cursor.SkipBlankLines();
        }

        return root;
    }

    private void ExpectLineEnd()
    {
        cursor.SkipBlanks();
        cursor.SkipComment();
        if (!cursor.SkipLineEnd() && !cursor.IsAtEnd)
        {
            throw cursor.Error("expected the end of the line");
        }
    }

    private TomlTable ReadHeader(TomlTable root, int capacity, out int depth)
    {
        TomlPosition position = cursor.Locate(cursor.Offset++);
        bool isArray = cursor.Skip((byte)'[');
        TomlTable parent = root;
        depth = 0;
        while (true)
        {
            cursor.SkipBlanks();
            int keyOffset = cursor.Offset;
            ref TomlEntry entry = ref parent.GetOrAdd(ReadKey(), out bool exists);
            Enter(ref depth, keyOffset);
            cursor.SkipBlanks();
            if (cursor.Skip((byte)'.'))
            {
                parent = exists
                    ? StepByHeader(entry.Value, keyOffset, ref depth)
                    : AddTable(ref entry, new TomlTable(TomlTableState.Implicit), position);
                continue;
            }

            cursor.Expect((byte)']', "expected \"]\" or \".\" in a header");
            if (isArray)
            {
                cursor.Expect((byte)']', "expected \"]]\" at the end of the header of an array");
                Enter(ref depth, keyOffset);
                return AddElement(ref entry, exists, new TomlTable(TomlTableState.Header, capacity), position, keyOffset);
            }

            return exists
                ? DefineTable(ref entry, position, keyOffset)
                : AddTable(ref entry, new TomlTable(TomlTableState.Header, capacity), position);
        }
    }

    private readonly TomlTable DefineTable(ref TomlEntry entry, TomlPosition position, int keyOffset)
    {
        if (entry.Value is not { Kind: SecretKind.Section, Table: { State: TomlTableState.Implicit } table })
        {
            throw Conflict("this table is defined twice; the first is at", entry.Value, keyOffset);
        }

        table.State = TomlTableState.Header;
        return AddTable(ref entry, table, position);
    }

    private readonly TomlTable AddElement(ref TomlEntry entry, bool exists, TomlTable table, TomlPosition position, int keyOffset)
    {
        if (!exists)
        {
            entry.Value = new TomlValue(SecretKind.Array, new TomlArray(), position);
        }
        else if (entry.Value is not { Kind: SecretKind.Array, Array.IsOfTables: true })
        {
            throw Conflict("this key is defined already and is no array of tables; it is at", entry.Value, keyOffset);
        }

        entry.Value.Array.Add(new TomlValue(SecretKind.Section, table, position));
        return table;
    }

    private static TomlTable AddTable(ref TomlEntry entry, TomlTable table, TomlPosition position)
    {
        entry.Value = new TomlValue(SecretKind.Section, table, position);
        return table;
    }

    private readonly TomlTable StepByHeader(in TomlValue value, int keyOffset, ref int depth)
    {
        if (value is { Kind: SecretKind.Section, Table: { State: not TomlTableState.Inline } table })
        {
            return table;
        }

        if (value is { Kind: SecretKind.Array, Array: { IsOfTables: true } array })
        {
            Enter(ref depth, keyOffset);
            return array.Items[^1].Table;
        }

        throw Closed(value, keyOffset);
    }

    private readonly TomlTable StepByDottedKey(in TomlValue value, int keyOffset)
    {
        if (value.Kind != SecretKind.Section || value.Table.State == TomlTableState.Inline)
        {
            throw Closed(value, keyOffset);
        }

        if (value.Table.State == TomlTableState.Header)
        {
            throw Conflict("a dotted key cannot add to a table that has a header; it is at", value, keyOffset);
        }

        value.Table.State = TomlTableState.Dotted;
        return value.Table;
    }

    private void ReadPair(TomlTable table, int depth)
    {
        TomlPosition position = cursor.Locate(cursor.Offset);
        while (true)
        {
            int keyOffset = cursor.Offset;
            ref TomlEntry entry = ref table.GetOrAdd(ReadKey(), out bool exists);
            cursor.SkipBlanks();
            if (cursor.Skip((byte)'.'))
            {
                Enter(ref depth, keyOffset);
                table = exists
                    ? StepByDottedKey(entry.Value, keyOffset)
                    : AddTable(ref entry, new TomlTable(TomlTableState.Dotted), position);
                cursor.SkipBlanks();
                continue;
            }

            cursor.Expect((byte)'=', "expected \"=\" or \".\" after a key");
            if (exists)
            {
                throw Conflict("this key is defined twice; the first is at", entry.Value, keyOffset);
            }

            cursor.SkipBlanks();

            // The entry stays where it is: whatever the value holds, it adds nothing to this table.
            entry.Value = ReadValue(position, depth);
            return;
        }
    }

    private string ReadKey()
    {
        if (cursor.Current is (byte)'"' or (byte)'\'')
        {
            return TomlStrings.ReadSingleLine(ref cursor);
        }

        int start = cursor.Offset;
        int length = cursor.Rest.IndexOfAnyExcept(BareKeyBytes);
        cursor.Offset += length < 0 ? cursor.Rest.Length : length;
        return cursor.Offset > start ? cursor.TakeText(start) : throw cursor.Error("expected a key");
    }

    private TomlValue ReadValue(TomlPosition position, int depth)
    {
        switch (cursor.Current)
        {
            case (byte)'"' or (byte)'\'':
                return new TomlValue(SecretKind.String, TomlStrings.Read(ref cursor), position);
            case (byte)'[':
                return new TomlValue(SecretKind.Array, ReadArray(depth), position);
            case (byte)'{':
                return new TomlValue(SecretKind.Section, ReadInlineTable(depth), position);
            case (byte)'t' when cursor.Skip("true"u8):
                return new TomlValue(SecretKind.Boolean, "true", position);
            case (byte)'f' when cursor.Skip("false"u8):
                return new TomlValue(SecretKind.Boolean, "false", position);
            case >= (byte)'0' and <= (byte)'9' when TomlDateTimes.IsNext(cursor.Rest):
                return ReadDateTime(position);
            case (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-':
            case (byte)'i' when cursor.Rest.StartsWith("inf"u8):
            case (byte)'n' when cursor.Rest.StartsWith("nan"u8):
                return ReadNumber(position);
            default:
                throw cursor.Error("expected a value; text needs quotes");
        }
    }

    private TomlValue ReadDateTime(TomlPosition position)
    {
        string text = TomlDateTimes.Read(ref cursor, out SecretKind kind);
        return new TomlValue(kind, text, position);
    }

    private TomlValue ReadNumber(TomlPosition position)
    {
        string text = TomlNumbers.Read(ref cursor, out SecretKind kind);
        return new TomlValue(kind, text, position);
    }

    private TomlArray ReadArray(int depth)
    {
        Enter(ref depth, cursor.Offset++);
        int first = elements.Count;
        cursor.SkipBlankLines();
        while (!cursor.Skip((byte)']'))
        {
            elements.Add(ReadValue(cursor.Locate(cursor.Offset), depth));
            cursor.SkipBlankLines();
            if (!cursor.Skip((byte)',') && cursor.Current != ']')
            {
                throw cursor.Error("expected \",\" or \"]\" in an array");
            }

            cursor.SkipBlankLines();
        }

        TomlArray array = new(CollectionsMarshal.AsSpan(elements)[first..]);
        CollectionsMarshal.SetCount(elements, first);
        return array;
    }

    private TomlTable ReadInlineTable(int depth)
    {
        Enter(ref depth, cursor.Offset++);
        TomlTable table = new(TomlTableState.Inline);
        SkipInInlineTable();
        while (!cursor.Skip((byte)'}'))
        {
            ReadPair(table, depth);
            SkipInInlineTable();
            if (cursor.Skip((byte)','))
            {
                SkipInInlineTable();
                if (cursor.Current == '}' && !cursor.IsToml11)
                {
                    throw cursor.Error("expected a key; TOML 1.0 has no comma at the end of an inline table");
                }
            }
            else if (cursor.Current != '}')
            {
                throw cursor.Error("expected \",\" or \"}\" in an inline table");
            }
        }

        return table;
    }

    private void SkipInInlineTable()
    {
        if (cursor.IsToml11)
        {
            cursor.SkipBlankLines();
            return;
        }

        cursor.SkipBlanks();
        if (cursor.Current is (byte)'\n' or (byte)'\r' or (byte)'#')
        {
            throw cursor.Error("an inline table cannot span lines in TOML 1.0");
        }
    }

    private readonly void Enter(ref int depth, int offset)
    {
        if (++depth > options.MaxDepth)
        {
            throw cursor.Error(
                string.Create(CultureInfo.InvariantCulture, $"tables and arrays nest deeper than the limit of {options.MaxDepth}"),
                offset);
        }
    }

    private readonly SecretsFormatException Closed(in TomlValue value, int keyOffset) =>
        Conflict("nothing can be added to this key, which has its whole value; it is at", value, keyOffset);

    private readonly SecretsFormatException Conflict(string message, in TomlValue with, int offset) =>
        cursor.Error($"{message} {with.Position}", offset);
}
