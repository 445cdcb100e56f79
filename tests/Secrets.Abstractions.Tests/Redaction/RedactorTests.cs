using Secrets.Redaction;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Redaction;

public sealed class RedactorTests
{
    [Fact]
    public void A_value_is_described_by_its_kind_alone()
    {
        Assert.Equal("a value of kind Integer", Redactor.Describe(Stores.Text(SecretKind.Integer, "7")));
        Assert.Equal("a value of kind Bytes", Redactor.Describe(SecretValue.FromBytes([1], Stores.Origin)));
        Assert.Equal("an array", Redactor.Describe(SecretValue.FromArray([], Stores.Origin)));
        Assert.Equal("a section", Redactor.Describe(SecretValue.FromSection([], Stores.Origin)));
        Assert.Equal("an unreadable secret", Redactor.Describe(Stores.Unreadable()));
    }

    [Fact]
    public void The_library_s_own_exceptions_leave_as_they_are()
    {
        Exception[] own =
        [
            new SecretsSourceException(SecretsErrorCode.AccessDenied, "m"),
            new SecretsFormatException("m"),
            new SecretNotFoundException("m", []),
            new SecretsFileNotFoundException("m", [], []),
        ];

        Assert.All(own, e => Assert.Same(e, Redactor.Sanitize(e, "test")));
    }

    [Fact]
    public void Data_that_somebody_hung_on_an_exception_does_not_leave()
    {
        var own = new SecretsSourceException(SecretsErrorCode.AccessDenied, "m");
        own.Data["answer"] = "value";

        Assert.Empty(Redactor.Sanitize(own, "test").Data);
    }

    [Fact]
    public void Of_any_other_exception_only_the_type_s_name_leaves()
    {
        var foreign = new InvalidOperationException("value", new FormatException("value"));
        foreign.Data["k"] = "value";

        var e = Assert.IsType<SecretsSourceException>(Redactor.Sanitize(foreign, "test"));

        Assert.Equal((SecretsErrorCode.Unknown, "test"), (e.Code, e.SourceName));
        Assert.Equal("The source test failed with System.InvalidOperationException; its message is not shown, because it may quote a secret.", e.Message);
        Assert.Null(e.InnerException);
        Assert.Empty(e.Data);
    }

    [Fact]
    public void An_exception_that_only_carries_a_code_is_foreign_too_and_keeps_the_code()
    {
        var e = Assert.IsType<SecretsSourceException>(Redactor.Sanitize(new Coded(), "test"));

        Assert.Equal(SecretsErrorCode.Unavailable, e.Code);
        Assert.DoesNotContain("value", e.ToString(), StringComparison.Ordinal);
    }

    private sealed class Coded() : Exception("value", new InvalidOperationException("value")), ISecretsError
    {
        public SecretsErrorCode Code => SecretsErrorCode.Unavailable;
    }
}
