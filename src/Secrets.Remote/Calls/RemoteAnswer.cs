namespace Secrets.Remote.Calls;

/// <summary>What became of reading one secret: its content, that it cannot be read, or that there is none.</summary>
internal sealed class RemoteAnswer(RemoteName name)
{
    public RemoteName Name { get; } = name;

    /// <summary>Gets the secret, where it could be read.</summary>
    public RemoteSecret? Secret { get; init; }

    /// <summary>Gets why it exists and cannot be read.</summary>
    public SecretsSourceException? Failure { get; init; }

    /// <summary>Gets a value indicating whether <see cref="Failure"/> concerns the whole store, as where there is no connection.</summary>
    public bool IsStoreOut { get; init; }

    public bool IsMissing => Secret is null && Failure is null;

    public override string ToString() => Name.ToString();
}
