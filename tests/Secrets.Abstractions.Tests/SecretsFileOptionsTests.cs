namespace Secrets.Tests;

public class SecretsFileOptionsTests
{
    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        var options = new SecretsFileOptions { Files = [""], ProjectDirectory = " ", HomeDirectory = "\0", MaxSize = 0, PollInterval = TimeSpan.Zero };
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => options.Validate("lines"));
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
        Assert.StartsWith("Invalid SecretsFileOptions: ", e.Message, StringComparison.Ordinal);
        Assert.All(["Files", "ProjectDirectory", "HomeDirectory", "MaxSize", "PollInterval"], option => Assert.Contains(option + " must", e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    [InlineData(86_401.0)]
    // Longer than a timer can wait.
    [InlineData(50.0 * 86_400)]
    [InlineData(900_000_000_000.0)]
    public void A_poll_interval_is_more_than_zero_and_at_most_a_day(double seconds)
    {
        var options = new SecretsFileOptions { PollInterval = TimeSpan.FromSeconds(seconds) };

        SecretsSourceException invalid = Assert.Throws<SecretsSourceException>(() => options.Validate("lines"));
        Assert.Equal("Invalid SecretsFileOptions: PollInterval must be greater than zero and at most one day.", invalid.Message);
    }

    [Fact]
    public void The_defaults_are_valid() => new SecretsFileOptions().Validate("lines");
}
