namespace Secrets.Vault;

/// <summary>One version of a secret of the key/value engine, version 2.</summary>
public sealed class VaultVersion
{
    /// <summary>Makes a version.</summary>
    /// <param name="number">Its number, counted from 1.</param>
    /// <param name="created">When it was written: a secret that is destroyed and written anew begins at 1 again.</param>
    public VaultVersion(int number, DateTimeOffset created)
    {
        Number = number;
        Created = created;
    }

    /// <summary>Gets its number, counted from 1.</summary>
    public int Number { get; }

    /// <summary>Gets when it was written.</summary>
    public DateTimeOffset Created { get; }
}
