namespace Secrets.Vault;

/// <summary>The lists of OpenBao that bring versions along, in the order in which they are tried.</summary>
internal enum VaultListKind
{
    /// <summary><c>SCAN</c>: everything below a folder, at any depth.</summary>
    Scan,

    /// <summary><c>LIST</c> of <c>detailed-metadata</c>: one folder.</summary>
    Folder,

    /// <summary>The same, page by page.</summary>
    Pages,
}
