namespace Secrets;

/// <summary>What happens when a program reads a local secret that it never required, on a chain with requirements: production would not have it.</summary>
public enum UndeclaredReads
{
    /// <summary>The read works, and the store's warnings name the path once.</summary>
    Warn = 0,

    /// <summary>The read works.</summary>
    Allow,

    /// <summary>The read fails with <see cref="SecretsErrorCode.InvalidConfiguration"/>.</summary>
    Throw,
}
