using Secrets.EnvironmentVariables;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class EnvironmentNamesTests
{
    public static TheoryData<string, string[]> Rows => new()
    {
        // path                    names, in the order in which they are tried
        { "user", ["user"] },                      // one word is not looked up in upper case: USER is everybody's
        { "PATH", ["PATH"] },
        { "db_password", ["db_password", "DB_PASSWORD"] },
        { "api-key", ["api-key", "API_KEY"] },
        { "ApiKey", ["ApiKey"] },
        { "DB_PASSWORD", ["DB_PASSWORD"] },
        { "trello.api_key", ["trello.api_key", "TRELLO__API_KEY", "trello__api_key", "TRELLO_API_KEY", "trello_api_key"] },
        { "a.b.c", ["a.b.c", "A__B__C", "a__b__c", "A_B_C", "a_b_c"] },
        { "key-vault.api-key", ["key-vault.api-key", "KEY_VAULT__API_KEY", "key-vault__api-key", "KEY_VAULT_API_KEY", "key-vault_api-key"] },
        { "A.B", ["A.B", "A__B", "A_B"] },
        { "\"dotted.key\"", ["dotted.key"] },
        { "mail.ini", ["mail.ini", "MAIL__INI", "mail__ini", "MAIL_INI", "mail_ini"] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_path_has_these_names_in_every_culture(string path, string[] names)
    {
        using var _ = new InCulture("tr-TR");

        Assert.Equal(names, EnvironmentNames.Of(SecretPath.Parse(path).Segments));
    }
}
