using Secrets.Toml.Reading;

namespace Secrets.Toml.Editing;

/// <summary>Finds the place of a new key, and how it is written there: a line of its table, a dotted key, a member of an inline table, a table of its own.</summary>
internal sealed class TomlInsertion
{
    private readonly TomlDocument _document;
    private readonly byte[] _utf8;
    private readonly TomlTrail _trail;
    private readonly string _value;
    private readonly string _lineEnd;
    private readonly TomlSplices _splices = new();

    private TomlInsertion(TomlDocument document, TomlTrail trail, string value)
    {
        _document = document;
        _utf8 = document.Utf8;
        _trail = trail;
        _value = value;
        _lineEnd = TomlLines.LineEnd(_utf8);
    }

    /// <summary>Gives the splices that add a value where a trail ends.</summary>
    /// <param name="document">The document.</param>
    /// <param name="trail">A path that the document does not have.</param>
    /// <param name="value">The value as TOML writes it.</param>
    public static TomlSplices Add(TomlDocument document, TomlTrail trail, string value)
    {
        var insertion = new TomlInsertion(document, trail, value);
        insertion.Add();
        return insertion._splices;
    }

    private void Add()
    {
        // Dotted keys are written in the table around them.
        int scopeStep = _trail.Steps.Count - 1;
        while (scopeStep >= 0 && _trail.Steps[scopeStep].Table.State == TomlTableState.Dotted)
        {
            scopeStep--;
        }

        TomlTable scope = scopeStep < 0 ? _trail.Root : _trail.Steps[scopeStep].Table;
        string line = KeyText(_trail.Steps.Skip(scopeStep + 1).Select(s => s.Key).Concat(_trail.Rest)) + " = " + _value;
        if (_trail.IsNewElement)
        {
            AddHeader("[[", _trail.Steps.Select(s => s.Key).Append(_trail.Key!), "]]", KeyText(_trail.Rest) + " = " + _value);
        }
        else if (_document.Layout.IsInline(scope))
        {
            AddMember(scope, line);
        }
        else if (_trail.Table.State == TomlTableState.Dotted)
        {
            HashSet<TomlTable> tables = TomlDocument.TablesOf(_trail.Table);
            AddLineAfter(_document.Layout.Parts.Last(p => p.Scope == scope && tables.Contains(p.Table)), line);
        }
        else if (_trail.Rest.Count == 1 && _trail.Table.State == TomlTableState.Header)
        {
            AddLine(line);
        }
        else
        {
            AddHeader("[", _trail.Steps.Select(s => s.Key).Concat(_trail.Rest.SkipLast(1)), "]", KeyText([_trail.Rest[^1]]) + " = " + _value);
        }
    }

    private static string KeyText(IEnumerable<string> segments) => new SecretPath(segments).ToString();

    private void AddLine(string line)
    {
        TomlPart? last = _document.Layout.Parts.LastOrDefault(p => p.Scope == _trail.Table || (p.Scope is null && p.Table == _trail.Table));
        if (last is not null)
        {
            AddLineAfter(last, line);
        }
        else if (_document.Layout.Parts.Count == 0)
        {
            AddAtEnd(line + _lineEnd);
        }
        else
        {
            AddAboveFirstHeader(line);
        }
    }

    private void AddLineAfter(TomlPart part, string line)
    {
        int at = TomlLines.Next(_utf8, part.End);
        _splices.Insert(at, Separator(at) + TomlLines.Indentation(_utf8, part.Start) + line + _lineEnd);
    }

    // The comment at the top is the file's and stays there; one further down belongs to what it stands above.
    private void AddAboveFirstHeader(string line)
    {
        int first = TomlLines.First(_utf8);
        int at = first;
        while (TomlLines.IsComment(_utf8, at))
        {
            at = TomlLines.Next(_utf8, at);
        }

        string before = "";
        if (at > first)
        {
            bool isApart = TomlLines.IsBlank(_utf8, at);
            before = isApart ? "" : _lineEnd;
            at = isApart ? TomlLines.Next(_utf8, at) : at;
        }

        _splices.Insert(at, before + line + _lineEnd + (TomlLines.IsBlank(_utf8, at) ? "" : _lineEnd));
    }

    private void AddHeader(string open, IEnumerable<string> path, string close, string line)
    {
        TomlPart? last = LastBelow(_trail.IsNewElement ? TomlDocument.TablesOf(new TomlValue(SecretKind.Array, _trail.Array!, default)) : TomlDocument.TablesOf(_trail.Table));
        string indentation = last is not null && _document.Layout.Parts.FirstOrDefault(p => p.Scope is null && p.Table == _trail.Table) is { } header
            ? TomlLines.Indentation(_utf8, header.Start)
            : "";
        string text = indentation + open + KeyText(path) + close + _lineEnd + indentation + line + _lineEnd;
        if (last is null)
        {
            AddAtEnd(text);
            return;
        }

        int at = TomlLines.Next(_utf8, last.End);
        bool needsLineAfter = at < _utf8.Length && !TomlLines.IsBlank(_utf8, at);
        _splices.Insert(at, Separator(at) + _lineEnd + text + (needsLineAfter ? _lineEnd : ""));
    }

    // At the end of the document, or behind all that lies in the table: there a header still means this table.
    private TomlPart? LastBelow(HashSet<TomlTable> tables) =>
        _trail is { IsNewElement: false, Steps.Count: 0 } ? null : _document.Layout.Parts.Where(p => tables.Contains(p.Table)).MaxBy(p => p.End);

    private void AddAtEnd(string text)
    {
        int at = _utf8.Length;
        bool isEmpty = at == TomlLines.First(_utf8);
        bool isApart = isEmpty || TomlLines.IsBlank(_utf8, TomlLines.Start(_utf8, Math.Max(at - 1, 0)));
        _splices.Insert(at, Separator(at) + (isApart ? "" : _lineEnd) + text);
    }

    private string Separator(int at) => at > TomlLines.First(_utf8) && _utf8[at - 1] != '\n' ? _lineEnd : "";

    private void AddMember(TomlTable table, string member)
    {
        (int open, int close) = _document.Layout.Brackets(table);
        TomlPart? last = _document.Layout.Parts.LastOrDefault(p => p.Scope == table);
        if (last is null)
        {
            bool isEmpty = TomlLines.SkipBlanks(_utf8, open + 1) == close - 1;
            _splices.Replace(open + 1, isEmpty ? close - 1 : open + 1, isEmpty ? $" {member} " : " " + member);
            return;
        }

        int comma = TomlLines.FindComma(_utf8, last.End, close - 1);
        int end = comma < 0 ? last.End : comma + 1;
        if (TomlLines.IsFirstOnLine(_utf8, last.Start) && TomlLines.IsLastOnLine(_utf8, end))
        {
            if (comma < 0)
            {
                _splices.Insert(end, ",");
            }

            _splices.Insert(TomlLines.Next(_utf8, end), TomlLines.Indentation(_utf8, last.Start) + member + (comma < 0 ? "" : ",") + _lineEnd);
            return;
        }

        _splices.Insert(end, (comma < 0 ? ", " : " ") + member);
    }
}
