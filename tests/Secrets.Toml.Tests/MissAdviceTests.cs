namespace Secrets.Toml.Tests;

/// <summary>A message about a secret that is nowhere ends with what to do.</summary>
public sealed class MissAdviceTests : IDisposable
{
    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    [Theory]
    [InlineData("password", "with the line password = \"…\", or set the variable PASSWORD.")]
    [InlineData("database.password", "with the lines [database] and password = \"…\", or set the variable DATABASE__PASSWORD.")]
    [InlineData("shop.\"a b\".password", "with the lines [shop.\"a b\"] and password = \"…\".")]
    public void Where_there_is_no_file_it_says_which_to_create_and_the_lines(string path, string advice)
    {
        string message = Assert.Throws<SecretsFileNotFoundException>(() => _here.Chain().Require(path).Build()).Message;

        Assert.EndsWith($"To add {path}, create {Path.Combine(_here.Project, Workspace.ProjectFile)} {advice}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password", "write password = \"…\" above all sections in ")]
    [InlineData("database.password", "write password = \"…\" below [database] in ")]
    public void Where_there_is_a_file_it_says_where_in_it(string path, string advice)
    {
        _here.WriteProject("x = 1");
        using SecretsStore secrets = _here.Build();

        string message = Assert.Throws<SecretNotFoundException>(() => secrets.GetString(path)).Message;

        Assert.Contains($"To add {path}, {advice}{Workspace.ProjectFile}, or set the variable ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_section_was_looked_for_it_says_how_to_write_one()
    {
        string file = Path.Combine(_here.Project, Workspace.ProjectFile), section = $"create {file} with the line [database] and its keys below it, or set variables that begin with DATABASE__.";
        using SecretsStore none = _here.Build();

        Assert.All(
            [() => none.Section("database"), () => none.Get<Database>("database"), () => none.Get<Dictionary<string, string>>("database"), () => none.Get<SecretsView>("database")],
            (Func<object> read) => Assert.EndsWith($"To add the section database, {section}", MessageOf(read), StringComparison.Ordinal));

        // An indexer may look for either.
        string value = $"create {file} with the line database = \"…\", or set the variable DATABASE.";
        Assert.EndsWith($"To add database, {value} If it is a section, {section}", MessageOf(() => none["database"]["user"]), StringComparison.Ordinal);
        Assert.EndsWith($"To add database, {value}", MessageOf(() => none.GetString("database")), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_a_file_it_says_so_of_a_section_too()
    {
        _here.WriteProject("x = 1");
        using SecretsStore secrets = _here.Build();

        Assert.EndsWith(
            $"To add the section shop.database, write the line [shop.database] and its keys below it in {Workspace.ProjectFile}, or set variables that begin with SHOP__DATABASE__.",
            MessageOf(() => secrets.Section("shop.database")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_without_a_name_is_no_variable_to_set()
    {
        using SecretsStore secrets = _here.Build();

        Assert.DoesNotContain("set ", MessageOf(() => secrets[""]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[database]\nuser = 'x'\napi_token = 'x'", "api_token", "database.api_token", 3)]
    [InlineData("[database]\nuser = 'x'\napi_token = 'x'", "API-TOKEN", "database.api_token", 3)]
    [InlineData("password = 'x'\n[database]\nuser = 'x'", "database.password", "password", 1)]
    [InlineData("[shop.database]\nuser = 'x'", "database.user", "shop.database.user", 2)]
    [InlineData("[shop.database]\nuser = 'x'", "database", "shop.database", 1)]
    public void A_key_that_stands_in_another_section_is_named(string toml, string asked, string found, int line)
    {
        _here.WriteProject(toml);
        using SecretsStore secrets = _here.Build();

        string message = Assert.Throws<SecretNotFoundException>(() => secrets.GetString(asked)).Message;

        Assert.Contains($"Did you mean {found} ({Workspace.ProjectFile}({line},1))?", message, StringComparison.Ordinal);
        Assert.Contains("To add", message, StringComparison.Ordinal);
        Assert.Contains($"Did you mean {found}", secrets.Explain(asked).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_stands_in_several_sections_is_not_guessed()
    {
        _here.WriteProject("[shop.mail]\npassword = 'x'\n[shop.database]\npassword = 'x'");
        using SecretsStore secrets = _here.Build();

        Assert.DoesNotContain("Did you mean", Assert.Throws<SecretNotFoundException>(() => secrets.GetString("password")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_probably_meant_is_not_to_be_added()
    {
        _here.WriteProject("[database]\npassword = \"x\"");
        using SecretsStore secrets = _here.Build();

        string message = Assert.Throws<SecretNotFoundException>(() => secrets.GetString("database.pasword")).Message;

        Assert.Contains("Did you mean database.password", message, StringComparison.Ordinal);
        Assert.DoesNotContain("To add", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_the_first_that_nothing_is_like_is_to_be_added()
    {
        _here.WriteProject("[database]\npassword = \"x\"");

        string message = Assert.Throws<SecretNotFoundException>(() => _here.Chain().Require("database.pasword", "zzz", "yyy").Build()).Message;

        Assert.Contains("To add zzz, write zzz = ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_a_pin_keeps_out_is_not_advised()
    {
        string message = Assert.Throws<SecretsFileNotFoundException>(() => _here.Chain().Pin("zzz", to: "environment").Require("zzz").Build()).Message;

        Assert.EndsWith("To add zzz, set the variable ZZZ.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_is_no_file_is_not_to_be_created()
    {
        SecretsBuilder chain = _here.Builder().AddToml(_here.With(o => o.Files = ["$BOX"]));
        SecretsBuilder folder = _here.Builder().AddToml(_here.With(o => o.Files = [_here.Folder("mounted")]));

        Assert.All([chain, folder], c => Assert.DoesNotContain("create", Assert.ThrowsAny<Exception>(() => c.Require("zzz").Build()).Message, StringComparison.Ordinal));
    }

    private static string MessageOf(Func<object> read) => Assert.ThrowsAny<Exception>(read).Message;

    private sealed record Database(string User);
}
