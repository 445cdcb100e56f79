using Secrets.Remote.Http;

namespace Secrets.Remote;

/// <summary>What the exceptions of a vendor's client mean; one table for each vendor. Codes and statuses decide, never texts.</summary>
internal interface IVendorFailures
{
    /// <summary>Says whether the vendor or the network failed. Every other exception, and the caller's own cancellation, is passed on unchanged.</summary>
    static abstract bool IsVendors(Exception failure, CancellationToken cancellationToken);

    /// <summary>Says how far a failure reaches.</summary>
    static abstract FailureKind KindOf(Exception failure);

    /// <summary>Says whether the same call may succeed a little later. A client that retries by itself has done so; then nothing may pass.</summary>
    static virtual bool MayPass(Exception failure) => RemoteFailure.MayPass(failure);

    /// <summary>Gives how long the server asks to wait; <see langword="null"/> where it does not say.</summary>
    static virtual TimeSpan? RetryAfter(Exception failure, TimeProvider clock) => null;

    /// <summary>Makes the exception that may leave this library.</summary>
    static abstract SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName);
}
