using System.Net;
using Azure;
using Azure.Identity;
using Microsoft.Identity.Client;
using Secrets.Remote;

namespace Secrets.Azure.Tests;

public sealed class AzureFailuresTests
{
    private const string NoTokenNow = "no token could be had, since what gives it could not be reached or failed; try again later, and look at the network.";

    /// <summary>A failure, and the code and the end of what is said of it.</summary>
    public static TheoryData<Exception, SecretsErrorCode, string> Rows => new()
    {
        { new CredentialUnavailableException("quotes"), SecretsErrorCode.AccessDenied, "no credentials were found; log in (az login), give the machine an identity, or set the option Credential." },
        { new AuthenticationFailedException("quotes"), SecretsErrorCode.AccessDenied, "no token could be had; correct the credential." },
        { new AuthenticationFailedException("quotes", new MsalServiceException("invalid_client", "quotes", 401)), SecretsErrorCode.AccessDenied, "no token could be had; correct the credential." },
        { new AuthenticationFailedException("quotes", new MsalServiceException("x", "quotes", 503)), SecretsErrorCode.Unavailable, NoTokenNow },
        { new AuthenticationFailedException("quotes", new MsalServiceException("x", "quotes", 429)), SecretsErrorCode.Unavailable, NoTokenNow },
        { new AuthenticationFailedException("quotes", new RequestFailedException(0, "quotes", "x", new HttpRequestException("quotes"))), SecretsErrorCode.Unavailable, NoTokenNow },
        { new AuthenticationFailedException("quotes", new RequestFailedException(500, "quotes")), SecretsErrorCode.Unavailable, NoTokenNow },
        { new AuthenticationFailedException("quotes", new TaskCanceledException("quotes")), SecretsErrorCode.Unavailable, NoTokenNow },
        { new RequestFailedException(401, "quotes"), SecretsErrorCode.AccessDenied, "status 401; look at the credential: its token is not accepted here." },
        { new RequestFailedException(403, "quotes", "Forbidden", innerException: null), SecretsErrorCode.AccessDenied, "status 403, Forbidden; let this program's identity read it: the role Key Vault Secrets User." },
        { new RequestFailedException(404, "quotes", "SecretNotFound", innerException: null), SecretsErrorCode.NotFound, "status 404, SecretNotFound; correct the name or the address." },
        { new RequestFailedException(404, "quotes"), SecretsErrorCode.InvalidFormat, "status 404; look at the address and at what stands between it and this program." },
        { new RequestFailedException(429, "quotes"), SecretsErrorCode.Unavailable, "status 429; try again later, and look at the address and the network." },
        { new AggregateException(new RequestFailedException(500, "quotes"), new TimeoutException("quotes")), SecretsErrorCode.Unavailable, "there was no whole answer within CallTimeLimit; try again later, and look at the address and the network." },
        { new KeyNotFoundException("quotes"), SecretsErrorCode.InvalidFormat, "the answer is not what the vendor's reference says; look at the address and at what stands between it and this program." },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_failure_has_a_code_and_says_what_to_do(Exception failure, SecretsErrorCode code, string end)
    {
        RemoteFailure? found = new AzureFailures().Find(failure);
        Assert.NotNull(found);
        SecretsSourceException reported = found.ToException("azure#2", "Azure Key Vault shop", "a");
        Assert.Equal((code, "azure#2", "a"), (reported.Code, reported.SourceName, reported.NativeName));
        Assert.EndsWith("a in Azure Key Vault shop: " + end, reported.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("quotes", reported.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellation_that_the_caller_did_not_ask_for_is_no_answer() =>
        Assert.Equal(RemoteFailureKind.NoAnswer, new AzureFailures().Find(new OperationCanceledException())!.Kind);

    [Fact]
    public void A_status_of_what_stands_in_between_is_kept()
    {
        var failure = new HttpRequestException("quotes", inner: null, HttpStatusCode.ProxyAuthenticationRequired);
        SecretsSourceException reported = new AzureFailures().Find(failure)!.ToException("a", "the store", nativeName: null);
        Assert.Equal((SecretsErrorCode.AccessDenied, 407), (reported.Code, reported.Status));
        Assert.Contains("the proxy asks for a login", reported.Message, StringComparison.Ordinal);
    }
}
