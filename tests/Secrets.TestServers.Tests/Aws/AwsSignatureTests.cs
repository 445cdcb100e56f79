using System.Text;
using Secrets.TestServers.Hosting;

namespace Secrets.TestServers.Aws;

public sealed class AwsSignatureTests
{
    private static readonly DateTimeOffset _now = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    // "get-vanilla" of the signature version 4 test suite that AWS publishes with its SDKs.
    private const string Vanilla = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";

    public static TheoryData<string, string?> Rows => new()
    {
        { "as it is", null },
        { "another body", "InvalidSignatureException" },
        { "another host", "InvalidSignatureException" },
        { "another signature", "InvalidSignatureException" },
        { "another service", "IncompleteSignature" },
        { "another key", "UnrecognizedClientException" },
        { "no signature", "MissingAuthenticationTokenException" },
        { "no date", "IncompleteSignature" },
        { "five minutes later", null },
        { "six minutes later", "InvalidSignatureException" },
        { "a session without its token", "UnrecognizedClientException" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_signature_is_checked(string how, string? mistake)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Host"] = how == "another host" ? "example.org" : "example.amazonaws.com",
            ["X-Amz-Date"] = "20150830T123600Z",
            ["Authorization"] = how switch
            {
                "another signature" => Vanilla.Replace("5fa00", "5fa01", StringComparison.Ordinal),
                "another key" => Vanilla.Replace("AKIDEXAMPLE", "AKIDOTHER", StringComparison.Ordinal),
                "no signature" => "Bearer x",
                _ => Vanilla,
            },
        };
        if (how == "no date")
        {
            headers.Remove("X-Amz-Date");
        }

        var call = new ServerCall { Number = 1, Method = "GET", Target = "/", Headers = headers, Body = how == "another body" ? Encoding.UTF8.GetBytes("x") : [] };
        AwsKey key = how == "a session without its token" ? new AwsKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "token") : new AwsKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        TimeSpan later = how switch { "five minutes later" => TimeSpan.FromMinutes(5), "six minutes later" => TimeSpan.FromMinutes(6), _ => TimeSpan.Zero };
        Assert.Equal(mistake, AwsSignature.FindMistake(call, how == "another service" ? "ssm" : "service", new Dictionary<string, AwsKey>(StringComparer.Ordinal) { [key.Id] = key }, _now + later));
    }
}
