using Secrets.EnvironmentVariables;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class OrdinalVariablesTests
{
    [Theory]
    [InlineData("trello.api_key", "trello.api_key TRELLO__API_KEY trello__api_key TRELLO_API_KEY trello_api_key", "Trello__ApiKey TRELLO__APIKEY")]
    [InlineData("token", "token TOKEN", "Token")]
    [InlineData("ApiKey", "ApiKey APIKEY", "API_KEY apikey")]
    [InlineData("api-key", "api-key API_KEY", "api_key")]
    public void A_path_has_its_keys_as_they_are_spelled_or_in_upper_case(string path, string order, string others)
    {
        var left = new List<string>(order.Split(' '));
        while (left.Count > 0)
        {
            Assert.Equal(left[0], new OrdinalVariables([.. left, .. others.Split(' ')]).Find(SecretPath.Parse(path).Segments, _ => true));
            left.RemoveAt(0);
        }

        Assert.Null(new OrdinalVariables(others.Split(' ')).Find(SecretPath.Parse(path).Segments, _ => true));
    }

    [Theory]
    [InlineData("DATABASE__PASSWORD", "database", true, true)]
    [InlineData("database_password", "database", true, false)]
    [InlineData("database.password", "database", true, true)]
    [InlineData("Database__Password", "database", false, false)]
    [InlineData("DATABASE__", "database", false, false)]
    [InlineData("DATABASE_URL", "data", false, false)]
    public void It_makes_a_section_of_every_path_above(string variable, string path, bool isSection, bool isCertain)
    {
        var variables = new OrdinalVariables([variable]);

        Assert.Equal(isSection, variables.FindBelow(SecretPath.Parse(path).Segments, isCertain: false, _ => true) is not null);
        Assert.Equal(isCertain, variables.FindBelow(SecretPath.Parse(path).Segments, isCertain: true, _ => true) is not null);
    }
}
