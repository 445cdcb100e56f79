namespace Secrets.Vault;

/// <summary>What a list of the key/value engine says of one key.</summary>
internal readonly struct VaultListEntry(string key)
{
    /// <summary>Gets the key below the folder that was listed; a folder ends with a slash.</summary>
    public string Key { get; init; } = key;

    /// <summary>Gets the current version; <see langword="null"/> where the list does not say it.</summary>
    public VaultVersion? Version { get; init; }

    /// <summary>Gets a value indicating whether the current version was deleted or destroyed, or there is none.</summary>
    public bool IsDeleted { get; init; }

    public bool IsFolder => Key.EndsWith('/');
}
