using Secrets.Loading;

namespace Secrets.Tests.Loading;

public class SourceFailuresTests
{
    private static readonly string L = Environment.NewLine;

    [Fact]
    public void The_only_failure_is_passed_on_as_it_is()
    {
        var only = new SecretsSourceException(SecretsErrorCode.AccessDenied, "no", "aws");

        Assert.Same(only, SourceFailures.Combine([only], "sources failed"));
        Assert.Same(only, SourceFailures.Combine([only, new SecretsSourceException(SecretsErrorCode.AccessDenied, "no", "aws")], "sources failed"));
    }

    [Fact]
    public void Several_are_one_that_lists_them_and_carries_the_first_code()
    {
        SecretsSourceException all = Assert.IsType<SecretsSourceException>(SourceFailures.Combine(
            [
                new OperationCanceledException("hunter2"),
                new SecretsSourceException(SecretsErrorCode.AccessDenied, "no", "aws"),
                new SecretsFormatException("expected a value", "secrets.toml", 3, 1),
            ],
            "sources failed"));

        Assert.Equal((SecretsErrorCode.AccessDenied, "aws"), (all.Code, all.SourceName));
        Assert.Equal("3 sources failed:" + L + "  System.OperationCanceledException" + L + "  no" + L + "  secrets.toml(3,1): expected a value", all.Message);
        Assert.Null(all.InnerException);
    }
}
