using System.Collections.Concurrent;

namespace Secrets.Files;

/// <summary>Keeps what was read from pipes. A pipe gives its content once: a later load, or a poll for changes, would wait for ever or find nothing.</summary>
internal sealed class PipeContents
{
    private readonly ConcurrentDictionary<string, byte[]> _contents = new(StringComparer.Ordinal);

    public byte[]? Find(string path) => _contents.GetValueOrDefault(path);

    public void Keep(string path, byte[] content) => _contents[path] = content;
}
