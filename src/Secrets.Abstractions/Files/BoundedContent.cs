namespace Secrets.Files;

/// <summary>Reads an open file up to a limit.</summary>
internal static class BoundedContent
{
    /// <summary>Reads to the end; gives <see langword="null"/> where the content is larger than the limit.</summary>
    public static byte[]? Read(Stream stream, int maxSize)
    {
        // The length of the open file, not of the name: it may be replaced at any time. A pipe has none and is read until it ends, and a file that
        // grows meanwhile is bounded as a pipe is.
        long length = stream.CanSeek ? stream.Length : 0;
        if (length > maxSize)
        {
            return null;
        }

        using var content = new MemoryStream((int)length);
        byte[] buffer = new byte[Math.Clamp((int)length + 1, 512, 81920)];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            if (content.Length + read > maxSize)
            {
                return null;
            }

            content.Write(buffer.AsSpan(0, read));
        }

        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }
}
