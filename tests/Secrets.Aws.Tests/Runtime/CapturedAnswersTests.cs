using Amazon.Runtime;
using Secrets.Aws.Runtime;
using Secrets.TestServers.Hosting;

namespace Secrets.Aws.Tests.Runtime;

/// <summary>What another server answered is read as the services' references have it.</summary>
public sealed class CapturedAnswersTests
{
    private static readonly CancellationToken _none = CancellationToken.None;

    public static TheoryData<string, string> Secrets => new()
    {
        { "05-GetSecretValue-string", """app/prod/db-password EXAMPLE1-90ab-cdef-fedc-ba987SECRET1 {"user":"app","password":"p@ss é"}""" },
        { "06-GetSecretValue-binary", "app/prod/tls-key 043b9f9d-21ef-4a0e-a727-d0c6327b61ab 000102030405060708090A0B0C0D0E0F" },
        { "09-GetSecretValue-versionid", """app/prod/db-password EXAMPLE1-90ab-cdef-fedc-ba987SECRET1 {"user":"app","password":"p@ss é"}""" },
    };

    public static TheoryData<string, SecretsErrorCode> Failures => new()
    {
        { "10-GetSecretValue-missing", SecretsErrorCode.NotFound },
        { "11-GetSecretValue-missing-stage", SecretsErrorCode.NotFound },
        { "12-GetSecretValue-missing-version", SecretsErrorCode.NotFound },
        { "33-GetSecretValue-novalue", SecretsErrorCode.NotFound },
        { "31-GetSecretValue-deleted", SecretsErrorCode.AccessDenied },
        { "17-BatchGetSecretValue-both", SecretsErrorCode.InvalidConfiguration },
        { "46-ssm-GetParameter-missing", SecretsErrorCode.NotFound },
        { "25-ListSecrets-bad-token", SecretsErrorCode.Unavailable },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task A_secret_is_read(string name, string expected)
    {
        AwsSecret secret = await Manager(name).GetSecretValueAsync("x", versionId: null, versionStage: null, _none);
        Assert.Equal(expected, $"{secret.Name} {secret.VersionId} {secret.SecretString ?? Convert.ToHexString(secret.SecretBinary!)}");
        Assert.StartsWith("arn:aws:secretsmanager:us-east-1:123456789012:secret:" + secret.Name, secret.Arn, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_is_read(string name, SecretsErrorCode code)
    {
        AmazonServiceException failure = await Assert.ThrowsAsync<AmazonServiceException>(() => Manager(name).GetSecretValueAsync("x", versionId: null, versionStage: null, _none));
        Assert.Equal(code, new AwsFailures().Find(failure)!.Code);
    }

    [Fact]
    public async Task A_batch_is_read_with_its_errors()
    {
        AwsSecretBatch batch = await Manager("13-BatchGetSecretValue-one-missing").BatchGetSecretValueAsync(["x"], nextToken: null, _none);
        Assert.Equal(["app/prod/db-password second", "app/prod/tls-key "], batch.Secrets.Select(s => $"{s.Name} {s.SecretString}"));
        Assert.Equal(("does/not/exist", "ResourceNotFoundException"), batch.Errors.Select(e => (e.SecretId, e.ErrorCode)).Single());
        Assert.Null(batch.NextToken);
    }

    [Fact]
    public async Task Pages_are_read_to_the_last()
    {
        AwsSecretsManagerClient client = Manager("19-ListSecrets-page1", "20-ListSecrets-page2", "21-ListSecrets-page3");
        var names = new List<string>();
        string? token = null;
        do
        {
            AwsSecretList page = await client.ListSecretsAsync("app/", token, _none);
            Assert.All(page.Secrets, s => Assert.NotNull(s.CurrentVersion()));
            names.AddRange(page.Secrets.Select(s => s.Name!));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(["app/prod/db-password", "app/prod/tls-key", "app/prod/s0", "app/prod/s1", "app/prod/s2", "app/prod/s3", "app/prod/s4"], names);
    }

    [Fact]
    public async Task A_description_is_read()
    {
        AwsSecretDescription secret = await Manager("27-DescribeSecret").DescribeSecretAsync("x", _none);
        Assert.Equal(("EXAMPLE2-90ab-cdef-fedc-ba987SECRET2", null), (secret.CurrentVersion(), secret.DeletedDate));
    }

    [Fact]
    public async Task Parameters_are_read()
    {
        AwsParameterBatch batch = await Parameters("47-ssm-GetParameters-mixed").GetParametersAsync(["x"], _none);
        Assert.Equal(("/app/prod/p00", "value0", 1, "/nope"), batch.Parameters.Select(p => (p.Name, p.Value, p.Version, batch.InvalidParameters.Single())).Single());
        AwsParameterList page = await Parameters("43-ssm-GetParametersByPath-page3").GetParametersByPathAsync("/app", nextToken: null, withDecryption: true, _none);
        Assert.Equal(["/app/prod/p10 value10", "/app/prod/p11 value11", "/app/prod/nested/x nested"], page.Parameters.Select(p => $"{p.Name} {p.Value}"));
        Assert.Null(page.NextToken);
    }

    private static AwsSecretsManagerClient Manager(params string[] names) => new(Options<AwsSecretsManagerOptions>(names));

    private static AwsParameterStoreClient Parameters(params string[] names) => new(Options<AwsParameterStoreOptions>(names));

    private static T Options<T>(string[] names)
        where T : AwsSourceOptions, new()
    {
        Assert.SkipWhen(CapturedAnswers.Folder is null, "the captured answers are not beside the repository");
        var answers = new CapturedAnswers(names.Select(n => "aws/" + n));
        return new T { Region = "us-east-1", Credentials = new BasicAWSCredentials("key", "secret"), MaxAttempts = 1, Handler = () => answers };
    }
}
