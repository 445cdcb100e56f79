namespace Secrets.Documents;

/// <summary>A text as it is.</summary>
internal sealed class TextFormat : SecretFormat
{
    public override IReadOnlyList<SecretEntry> Read(string text, SecretOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(origin);
        return [new SecretEntry(SecretPath.Root, SecretValue.FromText(text, origin))];
    }
}
