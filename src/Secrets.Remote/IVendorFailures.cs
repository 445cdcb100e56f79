namespace Secrets.Remote;

/// <summary>What the exceptions of a vendor's client mean; one table for each vendor. Codes and statuses decide, never texts.</summary>
internal interface IVendorFailures
{
    /// <summary>Says whether it is a failure of the vendor's, or of the way there; anything else, and the caller's own cancellation, is passed on as it is.</summary>
    static abstract bool IsVendors(Exception failure, CancellationToken cancellationToken);

    /// <summary>Says whether there is no such secret.</summary>
    static abstract bool IsMissing(Exception failure);

    /// <summary>Says whether the credentials are good, and may not do this.</summary>
    static abstract bool IsLackOfPermission(Exception failure);

    /// <summary>Says whether a call for one secret failed because of that secret, so that others may be had.</summary>
    static abstract bool IsOfOneSecret(Exception failure);

    /// <summary>Makes what may leave this library of a failure.</summary>
    static abstract SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName);
}
