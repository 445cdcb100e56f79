using Secrets;
using Secrets.Remote;

namespace CustomStore;

public sealed class KeyringFailures : RemoteFailures
{
    public override RemoteFailure? Find(Exception failure) => failure switch
    {
        RemoteHttpException { VendorCode: "forbidden" } => new RemoteFailure(RemoteFailureKind.Denied, SecretsErrorCode.AccessDenied)
        {
            Status = 403,
            VendorCode = "forbidden",
            Advice = "let the token's role read it: secrets.read.",
        },
        RemoteHttpException { VendorCode: "disabled" } => new RemoteFailure(RemoteFailureKind.Secret, SecretsErrorCode.AccessDenied, "it is disabled")
        {
            Advice = "enable it, or leave it out.",
        },
        _ => base.Find(failure),
    };
}
