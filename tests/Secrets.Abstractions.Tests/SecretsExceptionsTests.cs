using System.Reflection;

namespace Secrets.Tests;

/// <summary>The four exceptions together, since what they promise is one promise.</summary>
public class SecretsExceptionsTests
{
    public static TheoryData<Exception, Type, SecretsErrorCode> All => new()
    {
        { new SecretNotFoundException("m", ["a"]), typeof(KeyNotFoundException), SecretsErrorCode.NotFound },
        { new SecretsFileNotFoundException("m", ["a"], ["secrets.toml"]), typeof(FileNotFoundException), SecretsErrorCode.NotFound },
        { new SecretsFormatException("m"), typeof(FormatException), SecretsErrorCode.InvalidFormat },
        { new SecretsSourceException(SecretsErrorCode.Unavailable, "m"), typeof(Exception), SecretsErrorCode.Unavailable },
    };

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Each_has_a_code_and_the_base_that_a_program_expects(Exception exception, Type parent, SecretsErrorCode code)
    {
        Assert.Equal(code, Assert.IsType<ISecretsError>(exception, exactMatch: false).Code);
        Assert.Equal(parent, exception.GetType().BaseType);
        Assert.Equal("m", exception.Message);
    }

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void None_can_carry_another_exception(Exception exception, Type parent, SecretsErrorCode code)
    {
        Assert.Null(exception.InnerException);
        Assert.Empty(exception.Data);
        Assert.DoesNotContain(
            exception.GetType().GetConstructors(BindingFlags.Public | BindingFlags.Instance).SelectMany(c => c.GetParameters()),
            p => typeof(Exception).IsAssignableFrom(p.ParameterType));
        Assert.NotEqual(default, (parent, code));
    }

    [Theory]
    [InlineData("secrets.toml", 12, 3, "secrets.toml(12,3): expected a value")]
    [InlineData("secrets.toml", 0, 0, "secrets.toml: expected a value")]
    [InlineData(null, 12, 3, "(12,3): expected a value")]
    [InlineData(null, 0, 0, "expected a value")]
    public void A_format_error_begins_with_the_place_that_an_editor_opens(string? file, int line, int column, string message)
    {
        var mistake = new SecretsFormatException("expected a value", file, line, column);

        Assert.Equal(message, mistake.Message);
        Assert.Equal((file, line, column, "expected a value"), (mistake.File, mistake.Line, mistake.Column, mistake.Problem));
    }

    [Fact]
    public void A_miss_names_every_path_and_place()
    {
        Assert.Equal(["a", "b"], new SecretNotFoundException("m", ["a", "b"]).Paths);
        var file = new SecretsFileNotFoundException("m", ["a"], ["x.toml", "y.toml"]);
        Assert.Equal(["a"], file.Paths);
        Assert.Equal(["x.toml", "y.toml"], file.Places);
        Assert.Throws<ArgumentNullException>("paths", () => new SecretNotFoundException("m", null!));
        Assert.Throws<ArgumentNullException>("paths", () => new SecretsFileNotFoundException("m", null!, []));
        Assert.Throws<ArgumentNullException>("places", () => new SecretsFileNotFoundException("m", [], null!));
    }

    [Fact]
    public void The_facts_of_a_failure_go_with_a_secret_to_whoever_reads_it()
    {
        var failure = new SecretsSourceException(SecretsErrorCode.AccessDenied, "the policy denies it", "aws")
        {
            Status = 403,
            VendorCode = "AccessDeniedException",
            RequestId = "r-1",
            NativeName = "prod/shop",
        };
        using SecretsStore store = new SecretsBuilder().Add(new Fakes.BatchSource(("a", SecretValue.Unreadable(failure, new SecretOrigin("test", "prod/shop", null, default))))).Build();

        SecretsSourceException first = Assert.Throws<SecretsSourceException>(() => store.GetString("a"));
        SecretsSourceException second = Assert.Throws<SecretsSourceException>(() => store.GetString("a"));

        Assert.NotSame(first, second);
        Assert.Equal("a (test prod/shop) cannot be read: the policy denies it", first.Message);
        Assert.Equal(
            (SecretsErrorCode.AccessDenied, "aws", 403, "AccessDeniedException", "r-1", "prod/shop"),
            (first.Code, first.SourceName, first.Status, first.VendorCode, first.RequestId, first.NativeName));
    }
}
