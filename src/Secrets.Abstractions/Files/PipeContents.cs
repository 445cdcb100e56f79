namespace Secrets.Files;

/// <summary>Keeps what was read from pipes. A pipe gives its content once: a later load, or a poll for changes, would wait for ever or find nothing.</summary>
internal sealed class PipeContents
{
    private readonly Dictionary<string, byte[]> _contents = new(StringComparer.Ordinal);

    public byte[]? Find(string path)
    {
        lock (_contents)
        {
            return _contents.GetValueOrDefault(path);
        }
    }

    public void Keep(string path, byte[] content)
    {
        lock (_contents)
        {
            _contents[path] = content;
        }
    }
}
