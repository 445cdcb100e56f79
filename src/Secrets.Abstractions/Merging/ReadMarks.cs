namespace Secrets.Merging;

/// <summary>The marks of one store, by path. Only whoever makes a snapshot asks for them, and that is one at a time.</summary>
internal sealed class ReadMarks
{
    private readonly Dictionary<string, ReadMark> _marks = new(StringComparer.Ordinal);

    public ReadMark Of(string path)
    {
        if (!_marks.TryGetValue(path, out ReadMark? mark))
        {
            mark = new ReadMark();
            _marks.Add(path, mark);
        }

        return mark;
    }
}
