namespace Secrets.Toml.Reading;

/// <summary>Where everything in a document stands. The reader fills it for the editor; other readings do without it.</summary>
internal sealed class TomlLayout
{
    private readonly List<TomlPart> _parts = [];
    private readonly Dictionary<object, (int Start, int End)> _brackets = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TomlArray, (int Start, int End)[]> _elements = [];
    private readonly Stack<(int Start, int End)> _open = [];

    /// <summary>Gets the headers and keys. A key comes after those of the inline tables in its value.</summary>
    public IReadOnlyList<TomlPart> Parts => _parts;

    public void AddHeader(TomlTable table, int start, int end) => _parts.Add(new TomlPart { Table = table, Start = start, End = end });

    public void AddKey(TomlTable scope, TomlTable table, string key, int start, int valueStart, int end) =>
        _parts.Add(new TomlPart { Scope = scope, Table = table, Key = key, Start = start, ValueStart = valueStart, End = end });

    /// <summary>Notes an element of the innermost array that is not closed yet.</summary>
    public void AddElement(int start, int end) => _open.Push((start, end));

    /// <summary>Notes an array between brackets: the elements noted last are its own.</summary>
    public void AddArray(TomlArray array, int start, int end)
    {
        var elements = new (int Start, int End)[array.Count];
        for (int i = elements.Length - 1; i >= 0; i--)
        {
            elements[i] = _open.Pop();
        }

        _elements[array] = elements;
        _brackets[array] = (start, end);
    }

    public void AddInlineTable(TomlTable table, int start, int end) => _brackets[table] = (start, end);

    public bool IsInline(TomlTable table) => _brackets.ContainsKey(table);

    /// <summary>Gives where an inline table or an array stands, from its opening to after its closing bracket.</summary>
    public (int Start, int End) Brackets(object container) => _brackets[container];

    /// <summary>Gives the elements of an array between brackets; <see langword="null"/> for an array of tables.</summary>
    public IReadOnlyList<(int Start, int End)>? Elements(TomlArray array) => _elements.GetValueOrDefault(array);
}
