namespace Secrets.Remote;

/// <summary>A vendor's static table as a <see cref="RemoteFailures"/>.</summary>
internal sealed class VendorTable<TFailures> : RemoteFailures
    where TFailures : IVendorFailures
{
    public override RemoteFailure? Find(Exception failure) => TFailures.IsVendors(failure, CancellationToken.None)
        ? new RemoteFailure(TFailures.KindOf(failure), SecretsErrorCode.Unknown)
        {
            IsTransient = TFailures.MayPass(failure),
            RetryAfter = TFailures.RetryAfter(failure, TimeProvider.System),
            Report = (sourceName, place, nativeName) => TFailures.Report(failure, sourceName, place, nativeName),
        }
        : null;
}
