using Secrets.EnvironmentVariables;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class NameMatchTests
{
    [Theory]
    // variable, path
    [InlineData("API_KEY", "api_key", "Exact")]
    [InlineData("API_KEY", "apikey", "Exact")]
    [InlineData("apikey", "API-KEY", "Exact")]
    [InlineData("_ApiKey_", "api_key", "Exact")]
    [InlineData("trello.api_key", "trello.api_key", "Exact")]
    [InlineData("TRELLO.ApiKey", "trello.api_key", "Exact")]
    [InlineData("TRELLO__API_KEY", "trello.api_key", "TwoUnderscores")]
    [InlineData("Trello__ApiKey", "trello.api_key", "TwoUnderscores")]
    [InlineData("TRELLO_API_KEY", "trello.api_key", "OneUnderscore")]
    [InlineData("TRELLO_APIKEY", "trello.api_key", "OneUnderscore")]
    [InlineData("TRELLO___API_KEY", "trello.api_key", "Other")]
    [InlineData("TRELLO_.API_KEY", "trello.api_key", "Other")]
    [InlineData("A__B_C", "a.b.c", "Other")]
    [InlineData("A_B_C", "a.b.c", "OneUnderscore")]
    [InlineData("GIT_HUB_TOKEN", "github.token", "OneUnderscore")]
    [InlineData("CONNECTION_STRINGS__DEFAULT", "ConnectionStrings.Default", "TwoUnderscores")]
    [InlineData("tls.crt", "'tls.crt'", "Exact")]
    [InlineData("TLS.CRT", "'tls.crt'", "Exact")]
    [InlineData("a._.b", "a._.b", "Exact")]
    [InlineData("a..b", "a.'.b'", "Exact")]
    [InlineData("A_.B", "a.'.b'", "OneUnderscore")]
    [InlineData("", "''", "Exact")]
    [InlineData("Größe_Ü", "GRÖSSE.ü", "None")]
    [InlineData("GRÖßE_Ü", "größe.ü", "OneUnderscore")]
    // A key ends where a separator is.
    [InlineData("DATABASE_URL", "data.base_url", "None")]
    [InlineData("DATABASE_URL", "data.base.url", "None")]
    [InlineData("HOSTNAME", "host.name", "None")]
    [InlineData("TRELLO-API-KEY", "trello.api_key", "None")]
    [InlineData("TRELLOAPIKEY", "trello.api_key", "None")]
    [InlineData("TLS_CRT", "'tls.crt'", "None")]
    [InlineData("TRELLO_API_KEY_2", "trello.api_key", "None")]
    [InlineData("TRELLO", "trello.api_key", "None")]
    [InlineData("A__B", "a._.b", "None")]
    [InlineData("___", "a", "None")]
    public void A_variable_fits_a_path_whose_keys_its_name_splits_into(string variable, string path, string fit)
    {
        using var _ = new InCulture("tr-TR");

        Assert.Equal(fit, NameMatch.Of(variable, SecretPath.Parse(path).Segments).ToString());
    }

    [Theory]
    [InlineData("DATABASE__PASSWORD", "database", true)]
    [InlineData("DATABASE_PASSWORD", "database", true)]
    [InlineData("database.password", "DataBase", true)]
    [InlineData("A_B_C", "a.b", true)]
    [InlineData("GIT_HUB_TOKEN", "github", true)]
    [InlineData("TLS.CRT_X", "'tls.crt'", true)]
    [InlineData("DATABASE_URL", "data", false)]
    [InlineData("DATABASE", "database", false)]
    [InlineData("DATABASE__", "database", false)]
    [InlineData("DATABASE_.", "database", false)]
    [InlineData("DATABASES_X", "database", false)]
    [InlineData("A_B", "a.b", false)]
    public void It_makes_a_section_of_every_path_above(string variable, string path, bool isSection) =>
        Assert.Equal(isSection, NameMatch.Below(variable, SecretPath.Parse(path).Segments) != NameFit.None);
}
