using System.Net;
using System.Net.Sockets;
using Secrets.Remote.Credentials;

namespace Secrets.Remote.Tests.Credentials;

public sealed class CredentialOutageTests
{
    public static TheoryData<Exception, bool> Rows => new()
    {
        { new HttpRequestException("x"), true },
        { new InvalidOperationException("x", new HttpRequestException("x", new SocketException())), true },
        { new HttpRequestException("x", inner: null, HttpStatusCode.ServiceUnavailable), true },
        { new HttpRequestException("x", inner: null, HttpStatusCode.TooManyRequests), true },
        { new HttpRequestException("x", inner: null, HttpStatusCode.Forbidden), false },
        { new TimeoutException(), true },
        { new TaskCanceledException(), true },
        { new AggregateException(new InvalidOperationException("x"), new HttpIOException(HttpRequestError.ResponseEnded)), true },
        { new FileNotFoundException(), false },
        { new InvalidOperationException("x"), false },
        { new NotSupportedException("outage", new FileNotFoundException()), true },
        { new NotSupportedException("refusal", new HttpRequestException("x")), false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_lost_connection_and_a_status_that_may_pass_are_an_outage(Exception failure, bool isOutage) =>
        Assert.Equal(isOutage, CredentialOutage.Is(failure, f => f is NotSupportedException vendors ? vendors.Message == "outage" : null));
}
