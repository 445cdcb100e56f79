using Secrets.Remote;

namespace Secrets.Azure;

/// <summary>A look at a secret's versions found that there is none, or one that cannot be read.</summary>
internal sealed class AzureSecretException(RemoteFailure failure) : Exception(failure.Problem)
{
    public RemoteFailure Failure { get; } = failure;
}
