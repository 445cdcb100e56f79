namespace Secrets.Aws.Tests;

public sealed class AwsParameterNameTests
{
    private const string Arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/prod/p";

    [Theory]
    [InlineData("/prod/p", "/prod/p", null)]
    [InlineData("p", "p", null)]
    [InlineData("/prod/p:3", "/prod/p", "3")]
    [InlineData("/prod/p:live", "/prod/p", "live")]
    [InlineData(Arn, Arn, null)]
    [InlineData(Arn + ":3", Arn, "3")]
    [InlineData("arn:aws:ssm", "arn", "aws:ssm")]
    public void A_name_ends_where_a_selector_begins(string asked, string name, string? selector)
    {
        var parsed = new AwsParameterName(asked);
        Assert.Equal((name, selector), (parsed.Name, parsed.Selector));
    }

    [Theory]
    [InlineData("/prod/p", "/prod/p", "/prod/p 5", 5)]
    [InlineData(Arn, Arn, "/prod/p 5", 5)]
    [InlineData(Arn, Arn + " /prod/p", "/prod/p 5", 5)]
    [InlineData("/prod/p", Arn + " /prod/p", "/prod/p 5", 5)]
    [InlineData("/prod/p:3", "/prod/p:3 /prod/q", "/prod/p 3", 3)]
    [InlineData(Arn + ":3", Arn + ":3 /prod/q", "/prod/p 3", 3)]
    [InlineData("/prod/p:3", "/prod/p:3 /prod/p", "/prod/p 3|/prod/p 5", 3)]
    [InlineData("/prod/p:live", "/prod/p:live /prod/p", "/prod/p 3|/prod/p 5", null)]
    [InlineData("/prod/p", "/prod/p:live /prod/p", "/prod/p 3|/prod/p 5", null)]
    [InlineData("/prod/p", Arn + ":3 /prod/p", "/prod/p 3|/prod/p 5", null)]
    [InlineData("/prod/p:live", "/prod/p:live /prod/p", "/prod/p 3 :live|/prod/p 5", 3)]
    [InlineData("/prod/p", "/prod/p:live /prod/p", "/prod/p 3 :live|/prod/p 5", 5)]
    [InlineData("/prod/p:3", "/prod/p:3 /prod/p", "/prod/p 3 /prod/p:3|/prod/p 5", 3)]
    public void Its_answer_among_several_is_certain_or_none(string asked, string group, string answers, int? version)
    {
        AwsParameter? found = new AwsParameterName(asked).Find(
            [.. answers.Split('|').Select(Parse)], [.. group.Split(' ').Select(g => new AwsParameterName(g))]);
        Assert.Equal(version, found?.Version);
    }

    [Theory]
    [InlineData("/prod/p:3", "/prod/p 3", true)]
    [InlineData("/prod/p:3", "/prod/p 4", false)]
    [InlineData("/prod/p:live", "/prod/p 4", true)]
    [InlineData("/aws/reference/secretsmanager/a", "a 0", true)]
    [InlineData("/prod/p", "/prod/p 4|/prod/q 1", false)]
    public void Its_answer_alone_is_the_only_one_unless_it_is_another_version(string asked, string answers, bool isFound) =>
        Assert.Equal(isFound, new AwsParameterName(asked).FindAlone([.. answers.Split('|').Select(Parse)]) is not null);

    private static AwsParameter Parse(string text)
    {
        string[] parts = text.Split(' ');
        return new AwsParameter
        {
            Arn = "arn:aws:ssm:eu-west-1:123456789012:parameter" + parts[0],
            Name = parts[0],
            Type = "String",
            Version = long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture),
            Selector = parts.Length > 2 ? parts[2] : null,
            Value = "x",
        };
    }
}
