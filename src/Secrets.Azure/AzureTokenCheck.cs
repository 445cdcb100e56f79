using Azure.Core;
using Secrets.Remote.Http;

namespace Secrets.Azure;

/// <summary>Refuses a token that no header can hold (RFC 9110, section 5.5). The SDK sends it as it is, line breaks and all.</summary>
internal sealed class AzureTokenCheck(TokenCredential credential) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Check(credential.GetToken(requestContext, cancellationToken));

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Check(await credential.GetTokenAsync(requestContext, cancellationToken).ConfigureAwait(false));

    private static AccessToken Check(AccessToken token) =>
        token.Token is { } text && HeaderText.IsValid(text) ? token : throw new AzureTokenException();
}
