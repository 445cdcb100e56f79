namespace Secrets.Tests;

public sealed class EnvironmentOptionsTests
{
    [Fact]
    public void The_defaults_are_as_documented()
    {
        var options = new EnvironmentOptions();

        Assert.Null(options.Prefix);
        Assert.True(options.EmptyIsAbsent);
        Assert.Null(options.Variables);
        Assert.Null(options.Name);
        Assert.False(options.ExportToEnvironment);
    }

    [Fact]
    public void Changing_them_after_they_were_given_changes_nothing()
    {
        EnvironmentOptions? kept = null;
        SecretsBuilder builder = new SecretsBuilder().AddEnvironment("APP_", o =>
        {
            o.Variables = new Dictionary<string, string> { ["APP_A"] = "1" };
            o.Name = "mine";
            kept = o;
        });
        kept!.Prefix = "OTHER_";
        kept.Variables = new Dictionary<string, string>();
        using SecretsStore store = builder.Build();

        Assert.Equal("mine APP_A", store["a"].Origin.ToString());
    }
}
