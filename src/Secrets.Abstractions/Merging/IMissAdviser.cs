namespace Secrets.Merging;

/// <summary>A source that can say how a person gives it a secret that is nowhere.</summary>
internal interface IMissAdviser : ISecretsSource
{
    /// <summary>Says what to do, as in <c>set the variable DATABASE__PASSWORD</c>.</summary>
    string? HowToAdd(SecretPath path, SecretsBatch loaded);

    /// <summary>Says the same of a section, as in <c>set variables that begin with DATABASE__</c>.</summary>
    string? HowToAddSection(SecretPath path, SecretsBatch loaded);
}
