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

    [Fact]
    public void The_defaults_are_valid() => new SecretsFileOptions().Validate("lines");
}
