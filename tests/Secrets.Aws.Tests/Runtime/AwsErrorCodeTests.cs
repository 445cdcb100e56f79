using Secrets.Aws.Runtime;

namespace Secrets.Aws.Tests.Runtime;

public sealed class AwsErrorCodeTests
{
    [Theory]
    [InlineData("ThrottlingException", "ThrottlingException")]
    [InlineData("com.amazonaws.secretsmanager#ResourceNotFoundException", "ResourceNotFoundException")]
    [InlineData("ResourceNotFoundException:http://internal.amazon.com/coral/", "ResourceNotFoundException")]
    [InlineData("a#b:c", "b")]
    [InlineData(" AccessDeniedException ", "AccessDeniedException")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("the password is hunter2", null)]
    [InlineData("pa$$word", null)]
    [InlineData("\u0000", null)]
    public void A_code_is_one_short_word(string? text, string? expected) => Assert.Equal(expected, AwsErrorCode.Clean(text));

    [Fact]
    public void A_long_word_is_none() => Assert.Null(AwsErrorCode.Clean(new string('x', 65)));
}
