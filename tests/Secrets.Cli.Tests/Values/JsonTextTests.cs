namespace Secrets.Cli.Values;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData(SecretKind.Float, "1.10", "1.10")]
    [InlineData(SecretKind.Float, "5432.0", "5432.0")]
    [InlineData(SecretKind.Float, "12345678901234567890", "12345678901234567890")]
    [InlineData(SecretKind.Float, "1e400", "1e400")]
    [InlineData(SecretKind.Float, "-1.5E-7", "-1.5E-7")]
    [InlineData(SecretKind.Integer, "-0", "-0")]
    [InlineData(SecretKind.Integer, "9223372036854775808", "9223372036854775808")]
    [InlineData(SecretKind.Float, "inf", "\"inf\"")]
    [InlineData(SecretKind.Float, "nan", "\"nan\"")]
    [InlineData(SecretKind.Float, " 1.5", "\" 1.5\"")]
    [InlineData(SecretKind.Float, "1.5 2", "\"1.5 2\"")]
    [InlineData(SecretKind.Float, "", "\"\"")]
    public void A_number_keeps_its_text(SecretKind kind, string text, string json) =>
        Assert.Equal(json, JsonText.Of(SecretValue.FromText(kind, text, new SecretOrigin("memory", "a", version: null, DateTimeOffset.UnixEpoch))));
}
