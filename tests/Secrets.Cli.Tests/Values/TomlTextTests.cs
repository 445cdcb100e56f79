namespace Secrets.Cli.Values;

public sealed class TomlTextTests
{
    [Theory]
    [InlineData(SecretKind.Float, "1.1", "1.1")]
    [InlineData(SecretKind.Float, "5432.0", "5432.0")]
    [InlineData(SecretKind.Float, "-inf", "-inf")]
    [InlineData(SecretKind.Float, "nan", "nan")]
    [InlineData(SecretKind.Integer, "-7", "-7")]
    [InlineData(SecretKind.Float, "1.10", "\"1.10\"")]
    [InlineData(SecretKind.Float, "12345678901234567890", "\"12345678901234567890\"")]
    [InlineData(SecretKind.Float, "1e400", "\"1e400\"")]
    [InlineData(SecretKind.Integer, "-0", "\"-0\"")]
    [InlineData(SecretKind.Integer, "9223372036854775808", "\"9223372036854775808\"")]
    public void A_number_that_TOML_would_change_is_a_string(SecretKind kind, string text, string toml) =>
        Assert.Equal(toml, TomlText.Of(SecretValue.FromText(kind, text, new SecretOrigin("memory", "a", version: null, DateTimeOffset.UnixEpoch)), "a"));
}
