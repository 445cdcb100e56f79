namespace Secrets.Merging;

/// <summary>A path that only one source may supply.</summary>
internal sealed class Pin(SecretPath path, string source)
{
    public SecretPath Path { get; } = path;

    public string Source { get; } = source;
}
