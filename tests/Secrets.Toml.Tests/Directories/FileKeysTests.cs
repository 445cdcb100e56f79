using Secrets.Tests.Fakes;
using Secrets.Toml.Directories;

namespace Secrets.Toml.Tests.Directories;

public sealed class FileKeysTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    // file, path, path where names do not nest
    [InlineData("token", "token", "token")]
    [InlineData("Database__Password", "Database.Password", "Database__Password")]
    [InlineData("a__b__c", "a.b.c", "a__b__c")]
    [InlineData("a_b", "a_b", "a_b")]
    [InlineData("__a", "__a", "__a")]
    [InlineData("a__", "a__", "a__")]
    [InlineData("a____b", "a____b", "a____b")]
    [InlineData("a___b", "a._b", "a___b")]
    [InlineData("tls__ca.crt", "tls.\"ca.crt\"", "\"tls__ca.crt\"")]
    public void Two_underscores_stand_between_two_keys(string file, string nested, string flat)
    {
        Assert.Equal(nested, PathOf(FileKeys.Place(file, Leaf, isNested: true)));
        Assert.Equal(flat, PathOf(FileKeys.Place(file, Leaf, isNested: false)));
    }

    [Fact]
    public void Files_of_one_section_unite_with_each_other_and_with_a_folder()
    {
        _temp.Write("Database__User", "u");
        _temp.Write("Database__Password", "p");
        _temp.Write("Database/host", "h");
        _temp.Write("Database/tls__ca", "c");
        _temp.Write("token/a__b", "t");

        using SecretsStore secrets = new SecretsBuilder().AddDirectory(_temp.Path).Build();

        Assert.Equal(["Database", "token"], secrets.Keys);
        Assert.Equal("u p h c t", string.Join(' ', new[] { "database.user", "database.password", "database.host", "database.tls.ca", "token" }.Select(secrets.GetString)));
        Assert.Equal(_temp["Database__User"], secrets["database"]["user"].Origin.Location);
    }

    [Fact]
    public void The_option_turns_it_off()
    {
        _temp.Write("Database__User", "u");

        using SecretsStore secrets = new SecretsBuilder().AddDirectory(_temp.Path, o => o.NestKeys = false).Build();

        Assert.Equal(["Database__User"], secrets.Keys);
        Assert.False(secrets.ContainsKey("database.user"));
    }

    [Fact]
    public void A_value_and_a_section_of_one_name_are_told_with_both_places()
    {
        _temp.Write("database", "v");
        _temp.Write("database__user", "u");

        using SecretsStore secrets = new SecretsBuilder().AddDirectory(_temp.Path).Build();

        string message = Assert.Throws<SecretsSourceException>(() => secrets.GetString("database")).Message;
        Assert.Contains(_temp["database"], message);
        Assert.Contains(_temp["database__user"], message);
    }

    // A Kubernetes secret with one key, mounted as a folder.
    [Fact]
    public void A_folder_with_one_file_says_why_it_is_no_section()
    {
        _temp.Write("database/password", "canary");
        using SecretsStore secrets = new SecretsBuilder().AddDirectory(_temp.Path).Build();
        const string Rule = "A folder with one file is one value, under the folder's name: read database itself. For a section, call the file database__password";

        Assert.Equal("canary", secrets.GetString("database"));
        foreach (Exception failure in new Exception[]
        {
            Assert.Throws<SecretNotFoundException>(() => secrets.GetString("database.password")),
            Assert.Throws<SecretsFormatException>(() => secrets.Section("database")),
            Assert.Throws<SecretsFormatException>(() => secrets["database"]["password"]),
            Assert.Throws<SecretsFormatException>(() => secrets.Get<Login>("database")),
            Assert.Throws<SecretNotFoundException>(() => new SecretsBuilder().AddDirectory(_temp.Path).Require("database.password").Build()),
        })
        {
            Assert.Contains(Rule, failure.Message);
            Assert.DoesNotContain("canary", failure.Message);
        }

        Assert.Contains(Rule, secrets.Explain("database.password").ToString());
    }

    private static SecretValue Leaf { get; } = SecretValue.FromText("v", new SecretOrigin("directory", "file", version: null, default));

    private static string PathOf(KeyValuePair<string, SecretValue> placed)
    {
        var path = new SecretPath(placed.Key);
        SecretValue value = placed.Value;
        while (value.Kind == SecretKind.Section)
        {
            (string key, value) = Assert.Single(value.AsSection());
            path = path.Append(key);
        }

        return path.ToString();
    }

    private sealed record Login(string Password);
}
