namespace Secrets.Vault;

/// <summary>What else than the secret may be wrong where the server refuses a call, since it says the same of several things.</summary>
internal enum VaultDoubt
{
    /// <summary>Nothing else.</summary>
    None,

    /// <summary>The token, which the server never accepted.</summary>
    Token,

    /// <summary>Who should have added a token: the program sends none.</summary>
    MissingToken,

    /// <summary>The mount, which may not exist.</summary>
    Mount,

    /// <summary>The path in the address.</summary>
    Address,
}
