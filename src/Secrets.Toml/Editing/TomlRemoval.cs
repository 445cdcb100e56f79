using Secrets.Toml.Reading;

namespace Secrets.Toml.Editing;

/// <summary>Finds what goes with a key: its line, its place in an inline table or an array, or all headers and lines of a section.</summary>
internal sealed class TomlRemoval
{
    private readonly TomlDocument _document;
    private readonly byte[] _utf8;
    private readonly TomlSplices _splices = new();

    private TomlRemoval(TomlDocument document)
    {
        _document = document;
        _utf8 = document.Utf8;
    }

    /// <summary>Gives the splices that remove what a trail leads to, which the document has.</summary>
    public static TomlSplices Remove(TomlDocument document, TomlTrail trail)
    {
        var removal = new TomlRemoval(document);
        if (trail.Array is { } array && document.Layout.Elements(array) is { } elements)
        {
            removal.RemoveItems(elements, index => index == trail.Index, document.Layout.Brackets(array), needsNoComma: true);
        }
        else
        {
            removal.RemoveParts(trail);
        }

        return removal._splices;
    }

    private void RemoveParts(TomlTrail trail)
    {
        HashSet<TomlTable> tables = TomlDocument.TablesOf(trail.Value!.Value);
        RemoveTables([.. _document.Layout.Parts.Where(p => p.Scope is null && tables.Contains(p.Table))]);

        IEnumerable<TomlPart> keys = _document.Layout.Parts.Where(IsRemoved);
        foreach (IGrouping<TomlTable, TomlPart> scope in keys.GroupBy(p => p.Scope!))
        {
            if (_document.Layout.IsInline(scope.Key))
            {
                TomlPart[] members = [.. _document.Layout.Parts.Where(p => p.Scope == scope.Key)];
                RemoveItems([.. members.Select(m => (m.Start, m.End))], index => IsRemoved(members[index]), _document.Layout.Brackets(scope.Key), needsNoComma: false);
                continue;
            }

            foreach (TomlPart part in scope)
            {
                _splices.Remove(TomlLines.Start(_utf8, part.Start), TomlLines.Next(_utf8, part.End));
            }
        }

        // What is written inside of a table that goes, goes with it.
        bool IsRemoved(TomlPart part) =>
            part.Scope is not null
            && !tables.Contains(part.Scope)
            && (tables.Contains(part.Table) || (trail.Array is null && part.Table == trail.Holder && string.Equals(part.Key, trail.Key, StringComparison.Ordinal)));
    }

    private void RemoveTables(TomlPart[] headers)
    {
        int first = TomlLines.First(_utf8);
        for (int i = 0; i < headers.Length;)
        {
            // Tables that stand one after the other go as one, with the blank line above them or, at the top, the one below.
            (int start, int end) = LinesOf(headers[i++]);
            while (i < headers.Length && LinesOf(headers[i]).Start <= end)
            {
                end = LinesOf(headers[i++]).End;
            }

            _splices.Remove(start, start == first && TomlLines.IsBlank(_utf8, end) ? TomlLines.Next(_utf8, end) : end);
        }
    }

    private (int Start, int End) LinesOf(TomlPart header)
    {
        TomlPart last = _document.Layout.Parts.LastOrDefault(p => p.Scope == header.Table) ?? header;
        int start = TomlLines.Start(_utf8, header.Start);
        int previous = start > TomlLines.First(_utf8) ? TomlLines.Start(_utf8, start - 1) : start;
        return (previous < start && TomlLines.IsBlank(_utf8, previous) ? previous : start, TomlLines.Next(_utf8, last.End));
    }

    private void RemoveItems(IReadOnlyList<(int Start, int End)> items, Func<int, bool> isRemoved, (int Start, int End) brackets, bool needsNoComma)
    {
        int kept = -1;
        for (int i = 0; i < items.Count; i++)
        {
            if (!isRemoved(i))
            {
                kept = i;
                continue;
            }

            int gapEnd = i + 1 < items.Count ? items[i + 1].Start : brackets.End - 1;
            int comma = TomlLines.FindComma(_utf8, items[i].End, gapEnd);
            int end = comma < 0 ? items[i].End : comma + 1;
            if (TomlLines.IsFirstOnLine(_utf8, items[i].Start) && TomlLines.IsLastOnLine(_utf8, end))
            {
                _splices.Remove(TomlLines.Start(_utf8, items[i].Start), TomlLines.Next(_utf8, end));
            }
            else if (comma >= 0)
            {
                _splices.Remove(items[i].Start, TomlLines.SkipBlanks(_utf8, end));
            }
            else
            {
                _splices.Remove(items[i].Start, end);
            }

            if (comma < 0 && kept >= 0 && !needsNoComma)
            {
                RemoveCommaAfter(items[kept].End, items[i].Start);
            }
            else if (comma < 0 && kept >= 0 && TomlLines.SkipBlanks(_utf8, items[kept].End) is int at && TomlLines.SkipBlanks(_utf8, at + 1) == items[i].Start)
            {
                _splices.Remove(items[kept].End, items[i].Start);
            }
        }
    }

    private void RemoveCommaAfter(int start, int end)
    {
        int comma = TomlLines.FindComma(_utf8, start, end);
        int blanksEnd = TomlLines.SkipBlanks(_utf8, comma + 1);
        _splices.Remove(comma, blanksEnd == end ? end : comma + 1);
    }
}
