namespace Secrets.Vault;

/// <summary>For how long credentials are good that an engine made.</summary>
public sealed class VaultLease
{
    /// <summary>Makes a lease.</summary>
    /// <param name="id">Its identifier, as in <c>database/creds/app/…</c>.</param>
    /// <param name="duration">How long it is good from now.</param>
    /// <param name="isRenewable">Whether it can be renewed.</param>
    public VaultLease(string id, TimeSpan duration, bool isRenewable)
    {
        ArgumentNullException.ThrowIfNull(id);
        Id = id;
        Duration = duration;
        IsRenewable = isRenewable;
    }

    /// <summary>Gets its identifier.</summary>
    public string Id { get; }

    /// <summary>Gets how long it is good from when it was issued or renewed.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Gets a value indicating whether it can be renewed.</summary>
    public bool IsRenewable { get; }

    /// <summary>Gets the login that it was issued to, and ends with.</summary>
    internal object? Owner { get; init; }

    /// <summary>Gets the token whose end is the lease's end, where the server granted more; <see langword="null"/> where the lease ends first.</summary>
    internal VaultToken? EndsWith { get; init; }
}
