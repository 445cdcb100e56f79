using System.Reflection;
using Secrets.Remote.Http;

namespace Secrets.Remote;

public class RemoteFailureTests
{
    [Theory]
    [InlineData(200, SecretsErrorCode.InvalidFormat)]
    [InlineData(307, SecretsErrorCode.InvalidFormat)]
    [InlineData(400, SecretsErrorCode.Unknown)]
    [InlineData(401, SecretsErrorCode.AccessDenied)]
    [InlineData(403, SecretsErrorCode.AccessDenied)]
    [InlineData(404, SecretsErrorCode.InvalidFormat)]
    [InlineData(407, SecretsErrorCode.AccessDenied)]
    [InlineData(408, SecretsErrorCode.Unavailable)]
    [InlineData(418, SecretsErrorCode.Unknown)]
    [InlineData(429, SecretsErrorCode.Unavailable)]
    [InlineData(500, SecretsErrorCode.Unavailable)]
    [InlineData(503, SecretsErrorCode.Unavailable)]
    public void A_status_has_a_code(int status, SecretsErrorCode code) => Assert.Equal(code, HttpStatuses.CodeOf(status));

    [Fact]
    public void A_copy_takes_everything_along()
    {
        var failure = new RemoteFailure(RemoteFailureKind.Denied, SecretsErrorCode.AccessDenied, "denied")
        {
            Advice = "a.", ListAdvice = "b.", Status = 403, VendorCode = "Code", RequestId = "id-1", RetryAfter = TimeSpan.FromSeconds(7), IsTransient = true,
        };
        var copy = new RemoteFailure(failure);
        Assert.All(typeof(RemoteFailure).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), p =>
        {
            Assert.NotNull(p.GetValue(failure));
            Assert.NotEqual(default(int), p.GetValue(failure));
            Assert.Equal(p.GetValue(failure), p.GetValue(copy));
        });
    }

    [Fact]
    public void The_name_of_a_secret_stays_on_one_line_of_the_message()
    {
        SecretsSourceException failure = RemoteFailure.Make(SecretsErrorCode.AccessDenied, "status 403", todo: null, "vault", "the store", "a\nb");

        Assert.Equal("a\\nb in the store: status 403; let this program read it.", failure.Message);
        Assert.Equal("a\nb", failure.NativeName);
    }

    [Fact]
    public void What_goes_wrong_on_the_way_has_a_code_and_never_a_foreign_text()
    {
        (Exception Failure, SecretsErrorCode Code)[] cases =
        [
            (new AnswerTooLargeException(), SecretsErrorCode.InvalidFormat),
            (new MalformedAnswerException(), SecretsErrorCode.InvalidFormat),
            (new TimeoutException("quotes"), SecretsErrorCode.Unavailable),
            (new HttpRequestException("quotes"), SecretsErrorCode.Unavailable),
            (new IOException("quotes"), SecretsErrorCode.Unavailable),
        ];
        Assert.All(cases, c =>
        {
            (SecretsErrorCode code, string what) = NetworkFailure.Describe(c.Failure);
            Assert.Equal(c.Code, code);
            Assert.DoesNotContain("quotes", what, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_proxy_that_asks_for_a_login_is_named_whatever_the_vendor_advises()
    {
        SecretsSourceException failure =
            RemoteFailure.Make(SecretsErrorCode.AccessDenied, "status 407", "let this program's account access it.", "fake", "the store", nativeName: null, status: 407);
        Assert.Contains("the store: status 407; the proxy asks for a login", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("account", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public void A_redirect_says_so(int status) => Assert.Equal(
        $"the store: status {status}; it is a redirect, which is not followed, since the credential would travel along: set the address where it leads.",
        RemoteFailure.Make(HttpStatuses.CodeOf(status), $"status {status}", todo: null, "fake", "the store", nativeName: null, status).Message);

    [Theory]
    [InlineData("prod/shop", null, "prod/shop in the store: status 403; let this program read it.")]
    [InlineData(null, null, "the store: status 403; let this program read it.")]
    [InlineData(null, "ask the owner.", "the store: status 403; ask the owner.")]
    public void A_failure_says_what_where_and_what_to_do(string? nativeName, string? todo, string message)
    {
        SecretsSourceException failure =
            RemoteFailure.Make(SecretsErrorCode.AccessDenied, "status 403", todo, "fake#1", "the store", nativeName, status: 403, vendorCode: "Denied", requestId: "r-1");
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            (SecretsErrorCode.AccessDenied, "fake#1", nativeName, 403, "Denied", "r-1"),
            (failure.Code, failure.SourceName, failure.NativeName, failure.Status, failure.VendorCode, failure.RequestId));
    }

    [Fact]
    public void Every_code_says_what_to_do() => Assert.All(
        Enum.GetValues<SecretsErrorCode>(),
        code => Assert.Matches("; .+[.]", RemoteFailure.Make(code, "x", todo: null, "fake", "the store", nativeName: null).Message));
}
