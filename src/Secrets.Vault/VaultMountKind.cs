namespace Secrets.Vault;

/// <summary>What kind of secrets engine a mount is of, as far as reading it differs.</summary>
public enum VaultMountKind
{
    /// <summary>Version 1 of the key/value engine: content without versions.</summary>
    KeyValue1,

    /// <summary>Version 2 of the key/value engine: content with versions and metadata.</summary>
    KeyValue2,

    /// <summary>Any other engine, as <c>database</c>: a read makes credentials, which are mostly leased.</summary>
    Other,
}
