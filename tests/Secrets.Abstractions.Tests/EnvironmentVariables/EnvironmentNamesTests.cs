using Secrets.EnvironmentVariables;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class EnvironmentNamesTests
{
    public static TheoryData<string, string[]> Rows => new()
    {
        { "user", ["USER"] },
        { "db_password", ["DB_PASSWORD"] },
        { "api-key", ["API_KEY"] },
        { "ApiKey", ["API_KEY"] },
        { "apiKey", ["API_KEY"] },
        { "API_KEY", ["API_KEY"] },
        { "trello.api_key", ["TRELLO__API_KEY", "TRELLO_API_KEY"] },
        { "Trello.ApiKey", ["TRELLO__API_KEY", "TRELLO_API_KEY"] },
        { "key-vault.api-key", ["KEY_VAULT__API_KEY", "KEY_VAULT_API_KEY"] },
        { "\"dotted.key\"", ["DOTTED.KEY"] },
        { "mail.ini", ["MAIL__INI", "MAIL_INI"] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_message_gives_the_names_that_people_write(string path, string[] names)
    {
        using var _ = new InCulture("tr-TR");

        Assert.Equal(names, EnvironmentNames.Of(SecretPath.Parse(path).Segments, KeyComparison.Equivalent));
        Assert.Equal("APP_" + names[0], EnvironmentNames.Of("APP_", SecretPath.Parse(path).Segments, KeyComparison.Equivalent));
    }

    [Fact]
    public void Under_ordinal_comparison_it_gives_all_names_that_answer()
    {
        Assert.Equal(["trello.ApiKey", "TRELLO__APIKEY", "trello__ApiKey", "TRELLO_APIKEY", "trello_ApiKey"], EnvironmentNames.Of(["trello", "ApiKey"], KeyComparison.Ordinal));
        Assert.Equal("APP_trello__ApiKey", EnvironmentNames.Of("APP_", ["trello", "ApiKey"], KeyComparison.Ordinal));
    }
}
