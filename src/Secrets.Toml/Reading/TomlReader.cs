using System.Globalization;
using System.Runtime.InteropServices;

namespace Secrets.Toml.Reading;

/// <summary>
/// Reads a TOML document from its bytes in one pass. A mistake is a <see cref="SecretsFormatException"/> that says where it is
/// and what was expected, and never holds any part of the document.
/// </summary>
internal ref struct TomlReader
{
    private readonly TomlReaderOptions _options;

    // Elements of the arrays that are not closed yet, the outermost array's first.
    private List<TomlValue>? _elements;

    // Two bytes of a document can take hundreds in memory: its size alone bounds nothing.
    private const int MaxItems = 500_000;

    private int _items;
    private TomlCursor _cursor;

    private TomlReader(ReadOnlySpan<byte> utf8, TomlReaderOptions options)
    {
        _options = options;
        _cursor = new TomlCursor(utf8, options);
    }

    /// <summary>Reads a whole document.</summary>
    /// <exception cref="SecretsFormatException">The document is not TOML of the wanted version, or is beyond a limit.</exception>
    public static TomlTable Read(ReadOnlySpan<byte> utf8, TomlReaderOptions options) => new TomlReader(utf8, options).ReadDocument();

    private TomlTable ReadDocument()
    {
        TomlTable root = new(TomlTableState.Header);
        TomlTable current = root;
        int depth = 0;
        _cursor.SkipBlankLines();
        while (!_cursor.IsAtEnd)
        {
            if (_cursor.Current == '[')
            {
                // Sections of one file are alike: each starts with room for as many keys as the one before it has.
                int start = _cursor.Offset;
                current = ReadHeader(root, current.Count, out depth);
                _options.Layout?.AddHeader(current, start, _cursor.Offset);
            }
            else
            {
                ReadPair(current, depth);
            }

            _cursor.ExpectLineEnd();
            _cursor.SkipBlankLines();
        }

        return root;
    }

    private TomlTable ReadHeader(TomlTable root, int capacity, out int depth)
    {
        TomlPosition position = _cursor.Locate(_cursor.Offset++);
        bool isArray = _cursor.Skip((byte)'[');
        TomlTable parent = root;
        depth = 0;
        while (true)
        {
            _cursor.SkipBlanks();
            int keyOffset = _cursor.Offset;
            ref TomlEntry entry = ref parent.GetOrAdd(TomlKeys.Read(ref _cursor), out bool exists);
            Enter(ref depth, keyOffset);
            _cursor.SkipBlanks();
            if (_cursor.Skip((byte)'.'))
            {
                parent = exists
                    ? StepByHeader(entry.Value, keyOffset, ref depth)
                    : AddTable(ref entry, new TomlTable(TomlTableState.Implicit), position);
                continue;
            }

            _cursor.Expect((byte)']', "expected \"]\" or \".\" in a header");
            if (isArray)
            {
                _cursor.Expect((byte)']', "expected \"]]\" at the end of the header of an array");
                Enter(ref depth, keyOffset);
                return AddElement(ref entry, exists, new TomlTable(TomlTableState.Header, capacity), position, keyOffset);
            }

            TomlTable table = exists
                ? TomlTableRules.Define(_cursor, entry.Value, keyOffset)
                : new TomlTable(TomlTableState.Header, capacity);
            return AddTable(ref entry, table, position);
        }
    }

    private TomlTable AddElement(ref TomlEntry entry, bool exists, TomlTable table, TomlPosition position, int keyOffset)
    {
        if (!exists)
        {
            entry.Value = new TomlValue(SecretKind.Array, new TomlArray(), position);
        }

        TomlArray array = TomlTableRules.Extend(_cursor, entry.Value, keyOffset);
        CountItem();
        array.Add(new TomlValue(SecretKind.Section, table, position));
        return table;
    }

    private TomlTable AddTable(ref TomlEntry entry, TomlTable table, TomlPosition position)
    {
        CountItem();
        entry.Value = new TomlValue(SecretKind.Section, table, position);
        return table;
    }

    private readonly TomlTable StepByHeader(in TomlValue value, int keyOffset, ref int depth)
    {
        TomlTable table = TomlTableRules.StepByHeader(_cursor, value, keyOffset);
        if (value.Kind == SecretKind.Array)
        {
            Enter(ref depth, keyOffset);
        }

        return table;
    }

    private void ReadPair(TomlTable table, int depth)
    {
        TomlTable scope = table;
        int start = _cursor.Offset;
        TomlPosition position = _cursor.Locate(start);
        while (true)
        {
            int keyOffset = _cursor.Offset;
            string key = TomlKeys.Read(ref _cursor);
            ref TomlEntry entry = ref table.GetOrAdd(key, out bool exists);
            _cursor.SkipBlanks();
            if (_cursor.Skip((byte)'.'))
            {
                Enter(ref depth, keyOffset);
                table = exists
                    ? TomlTableRules.StepByDottedKey(_cursor, entry.Value, keyOffset)
                    : AddTable(ref entry, new TomlTable(TomlTableState.Dotted), position);
                _cursor.SkipBlanks();
                continue;
            }

            if (!_cursor.Skip((byte)'='))
            {
                throw _cursor.Error("expected \"=\" or \".\" after a key" + TomlHints.AfterKey(key, _cursor.Rest));
            }

            if (exists)
            {
                throw TomlTableRules.Duplicate(_cursor, entry.Value, keyOffset);
            }

            _cursor.SkipBlanks();
            int valueStart = _cursor.Offset;

            // The entry stays where it is: whatever the value holds, it adds nothing to this table.
            entry.Value = ReadValue(position, depth);
            _options.Layout?.AddKey(scope, table, entry.Key, start, valueStart, _cursor.Offset);
            return;
        }
    }

    private void CountItem()
    {
        if (++_items > MaxItems)
        {
            throw _cursor.LimitError("the document has more than 500000 values and tables", _cursor.Offset);
        }
    }

    private TomlValue ReadValue(TomlPosition position, int depth)
    {
        CountItem();
        switch (_cursor.Current)
        {
            case (byte)'"' or (byte)'\'':
                return new TomlValue(SecretKind.String, TomlStrings.Read(ref _cursor), position);
            case (byte)'[':
                return new TomlValue(SecretKind.Array, ReadArray(depth), position);
            case (byte)'{':
                return new TomlValue(SecretKind.Section, ReadInlineTable(depth), position);
            case (byte)'t' when _cursor.Skip("true"u8):
                return new TomlValue(SecretKind.Boolean, "true", position);
            case (byte)'f' when _cursor.Skip("false"u8):
                return new TomlValue(SecretKind.Boolean, "false", position);
            case >= (byte)'0' and <= (byte)'9' when TomlDateTimes.IsNext(_cursor.Rest):
                return ReadDateTime(position);
            case (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-':
            case (byte)'i' when _cursor.Rest.StartsWith("inf"u8):
            case (byte)'n' when _cursor.Rest.StartsWith("nan"u8):
                return ReadNumber(position);
            default:
                throw _cursor.Error("expected a value" + TomlHints.Value(_cursor.Rest));
        }
    }

    private TomlValue ReadDateTime(TomlPosition position)
    {
        string text = TomlDateTimes.Read(ref _cursor, out SecretKind kind);
        return new TomlValue(kind, text, position);
    }

    private TomlValue ReadNumber(TomlPosition position)
    {
        string text = TomlNumbers.Read(ref _cursor, out SecretKind kind);
        return new TomlValue(kind, text, position);
    }

    private TomlArray ReadArray(int depth)
    {
        int open = _cursor.Offset++;
        Enter(ref depth, open);
        List<TomlValue> elements = _elements ??= [];
        int first = elements.Count;
        _cursor.SkipBlankLines();
        while (!_cursor.Skip((byte)']'))
        {
            int start = _cursor.Offset;
            elements.Add(ReadValue(_cursor.Locate(start), depth));
            _options.Layout?.AddElement(start, _cursor.Offset);
            _cursor.SkipBlankLines();
            if (!_cursor.Skip((byte)',') && _cursor.Current != ']')
            {
                throw _cursor.Error("expected \",\" or \"]\" in an array" + TomlHints.ElementEnd(_cursor.Passed, _cursor.Rest));
            }

            _cursor.SkipBlankLines();
        }

        TomlArray array = new(CollectionsMarshal.AsSpan(elements)[first..]);
        CollectionsMarshal.SetCount(elements, first);
        _options.Layout?.AddArray(array, open, _cursor.Offset);
        return array;
    }

    private TomlTable ReadInlineTable(int depth)
    {
        int open = _cursor.Offset++;
        Enter(ref depth, open);
        TomlTable table = new(TomlTableState.Inline);
        SkipInInlineTable();
        while (!_cursor.Skip((byte)'}'))
        {
            ReadPair(table, depth);
            SkipInInlineTable();
            if (_cursor.Skip((byte)','))
            {
                SkipInInlineTable();
                if (_cursor.Current == '}' && !_cursor.IsToml11)
                {
                    throw _cursor.Error("expected a key; TOML 1.0 has no comma at the end of an inline table");
                }
            }
            else if (_cursor.Current != '}')
            {
                throw _cursor.Error("expected \",\" or \"}\" in an inline table" + TomlHints.ElementEnd(_cursor.Passed, _cursor.Rest));
            }
        }

        _options.Layout?.AddInlineTable(table, open, _cursor.Offset);
        return table;
    }

    private void SkipInInlineTable()
    {
        if (_cursor.IsToml11)
        {
            _cursor.SkipBlankLines();
            return;
        }

        _cursor.SkipBlanks();
        if (_cursor.Current is (byte)'\n' or (byte)'\r' or (byte)'#')
        {
            throw _cursor.Error("an inline table cannot span lines in TOML 1.0");
        }
    }

    private readonly void Enter(ref int depth, int offset)
    {
        if (++depth > _options.MaxDepth)
        {
            throw _cursor.LimitError(
                string.Create(CultureInfo.InvariantCulture, $"tables and arrays nest deeper than the limit of {_options.MaxDepth}"),
                offset);
        }
    }
}
