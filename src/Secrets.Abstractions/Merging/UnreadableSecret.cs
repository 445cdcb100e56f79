namespace Secrets.Merging;

/// <summary>A secret that a load could not read.</summary>
internal sealed class UnreadableSecret(string path, SecretsSourceException failure)
{
    public string Path { get; } = path;

    public SecretsSourceException Failure { get; } = failure;
}
