using Secrets.Toml.Reading;

namespace Secrets.Toml.Editing;

/// <summary>Replacements in a document, all in terms of its old offsets. What they do not name stays byte for byte.</summary>
internal sealed class TomlSplices
{
    private readonly List<(int Start, int End, string Text)> _splices = [];

    public void Insert(int at, string text) => Replace(at, at, text);

    public void Remove(int start, int end) => Replace(start, end, "");

    public void Replace(int start, int end, string text) => _splices.Add((start, end, text));

    public byte[] ApplyTo(ReadOnlySpan<byte> utf8)
    {
        using var result = new MemoryStream(utf8.Length + 256);
        int copied = 0;
        foreach ((int start, int end, string text) in _splices.OrderBy(s => s.Start))
        {
            result.Write(utf8[copied..start]);
            result.Write(TomlBytes.Of(text));
            copied = end;
        }

        result.Write(utf8[copied..]);
        return result.ToArray();
    }
}
