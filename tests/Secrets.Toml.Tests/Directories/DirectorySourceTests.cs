using Secrets.Tests.Fakes;
using Secrets.Toml.Directories;

namespace Secrets.Toml.Tests.Directories;

public sealed class DirectorySourceTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Docker_secrets_are_keys_at_the_root()
    {
        _temp.Write("db_password", "pässword\n");
        _temp.Write("tls.crt", "-----BEGIN CERTIFICATE-----\r\nx\r\n-----END CERTIFICATE-----\r\n");
        _temp.Write("empty", "");
        _temp.Write("key.der", [0x30, 0x82, 0xFF, (byte)'\n']);

        using SecretsStore secrets = Build();

        Assert.Equal(["db_password", "empty", "key.der", "tls.crt"], secrets.Keys);
        Assert.Equal("pässword", secrets["DB-PASSWORD"].Reveal());
        Assert.Equal("", secrets.GetString("empty"));
        Assert.EndsWith("END CERTIFICATE-----", secrets.GetString("\"tls.crt\""));
        Assert.Equal([0x30, 0x82, 0xFF, (byte)'\n'], secrets["key.der"].RevealBytes());
        Assert.Equal("directory " + _temp["db_password"], secrets["db_password"].Origin.ToString());
        Assert.Empty(secrets.Warnings);
    }

    [Fact]
    public void A_link_to_nothing_is_no_directory_and_a_warning()
    {
        string path = _temp["mounted"];
        Unix.Link(path, "nowhere");
        using SecretsStore secrets = new SecretsBuilder().AddDirectory(path).Build();
        Assert.Equal("fallback", secrets.GetString("a", "fallback"));
    }

    [Fact]
    public void A_file_whose_name_is_not_utf8_is_a_warning()
    {
        _temp.Write("token", "1");
        Unix.WithFile([.. System.Text.Encoding.UTF8.GetBytes(_temp.Path + "/caf"), 0xE9], () =>
        {
            using SecretsStore secrets = Build();
            Assert.Equal(["token"], secrets.Keys);
            Assert.Contains("not UTF-8", Assert.Single(secrets.Warnings).Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_folder_is_a_section_or_where_it_has_one_file_alone_a_key()
    {
        _temp.Write("database/user", "u");
        _temp.Write("database/pass-word", "p");
        _temp.Write("token/value", "t");

        using SecretsStore secrets = Build();

        Assert.Equal("u p t", $"{secrets.GetString("database.user")} {secrets["database"]["passWord"].Reveal()} {secrets.GetString("token")}");
        Assert.Equal(["database", "token"], secrets.Keys);
        Assert.Equal(_temp["database"], secrets["database"].Origin.Location);
        Assert.Equal(_temp["token/value"], secrets["token"].Origin.Location);
    }

    [Fact]
    public void No_directory_is_no_error_until_a_secret_is_read()
    {
        using SecretsStore secrets = Build("absent/at/all");

        Assert.False(secrets.TryGetValue("a", out _));
        Assert.Equal(SecretsSourceState.Missing, Assert.Single(secrets.Sources).State);
        SecretsFileNotFoundException e = Assert.Throws<SecretsFileNotFoundException>(() => secrets["a"]);
        Assert.Equal([_temp["absent/at/all"]], e.Places);
        Assert.Contains("directory: nothing at " + _temp["absent/at/all"], e.Message);
    }

    [Fact]
    public void A_directory_that_is_missing_is_named_with_its_full_path()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        foreach ((string path, string place) in new[] { ("absent", _temp["absent"]), ("~/absent-4d1c", Path.Combine(home, "absent-4d1c")) })
        {
            using SecretsStore secrets = new SecretsBuilder { ProjectDirectory = _temp.Path }.AddDirectory(path).Build();

            Assert.Equal([place], Assert.Throws<SecretsFileNotFoundException>(() => secrets["a"]).Places);
        }
    }

    [Fact]
    public void An_empty_directory_is_a_store_that_lacks_the_secret()
    {
        _temp.Folder("a");
        _temp.Folder("a/optional");

        using SecretsStore secrets = Build("a");

        Assert.Empty(secrets);
        Assert.Equal((SecretsSourceState.Loaded, 0), (secrets.Sources[0].State, secrets.Sources[0].Count));
        Assert.Contains("directory: " + _temp["a"], Assert.Throws<SecretNotFoundException>(() => secrets["b"]).Message);
    }

    [Fact]
    public void A_file_in_its_place_is_a_mistake_of_the_chain()
    {
        _temp.Write("a", "a = 1");

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Build("a"));

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "directory"), (e.Code, e.SourceName));
        Assert.Equal(_temp["a"] + " is not a directory; AddToml reads a file.", e.Message);
    }

    [Fact]
    public void It_takes_its_place_among_other_sources()
    {
        _temp.Write("a", "directory");
        _temp.Write("section/x", "directory");
        _temp.Write("section/y", "directory");
        const string Toml = "a = 'toml'\nb = 'toml'\nsection = {x = 'toml', z = 'toml'}";

        using SecretsStore above = new SecretsBuilder().AddDirectory(_temp.Path).AddTomlText(Toml, o => o.ExportToEnvironment = false).Build();
        using SecretsStore below = new SecretsBuilder().AddTomlText(Toml, o => o.ExportToEnvironment = false).AddDirectory(_temp.Path).Build();
        string[] paths = ["a", "b", "section.x", "section.y", "section.z"];

        Assert.Equal("directory toml directory directory toml", string.Join(' ', paths.Select(above.GetString)));
        Assert.Equal("toml toml toml directory toml", string.Join(' ', paths.Select(below.GetString)));
        Assert.Matches("directory +is shadowed: ", below.Explain("a").ToString());
    }

    [Fact]
    public void A_failed_secret_keeps_lower_sources_out_and_an_absent_one_does_not()
    {
        Unix.Link(_temp["escaped"], "/");
        Unix.Link(_temp["dangling"], "absent");
        var memory = new Dictionary<string, object?> { ["escaped"] = "lower", ["dangling"] = "lower" };

        using SecretsStore secrets = new SecretsBuilder().AddDirectory(_temp.Path).AddInMemory(memory).Build();

        Assert.Equal("lower", secrets.GetString("dangling"));
        Assert.Throws<SecretsSourceException>(() => secrets.GetString("escaped"));
        Assert.Throws<SecretsSourceException>(() => secrets.GetString("escaped", "fallback"));
        Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddDirectory(_temp.Path).AddInMemory(memory).Require("escaped").Build());
    }

    [Theory]
    [InlineData("api_key", "api-key")]
    [InlineData("apikey", "api_key/value")]
    [InlineData("api-key/value", "api_key/value")]
    [InlineData("api-key/a api-key/b", "api_key")]
    public void Two_files_that_are_one_key_are_unreadable_and_both_are_named(string first, string second)
    {
        string[] files = [.. first.Split(' '), second];
        foreach (string file in files)
        {
            _temp.Write(file, "x");
        }

        _temp.Write("other", "o");
        string[] expected = [_temp[files.Length > 2 ? "api-key" : first], _temp[second]];

        using SecretsStore secrets = Build();
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => secrets.GetString("api_key"));

        Assert.Equal((SecretsErrorCode.InvalidFormat, "directory"), (e.Code, e.SourceName));
        Assert.All(expected, place => Assert.Contains(place, e.Message));
        Assert.Equal("o", secrets.GetString("other"));

        SecretsBuilder ordinal = new SecretsBuilder().AddDirectory(_temp.Path);
        ordinal.KeyComparison = KeyComparison.Ordinal;
        using SecretsStore exact = ordinal.Build();

        Assert.Equal(3, exact.Count);
    }

    [Fact]
    public void Two_folders_that_are_one_key_unite()
    {
        _temp.Write("api_keys/a", "1");
        _temp.Write("api_keys/b-c", "2");
        _temp.Write("api-keys/b_c", "3");
        _temp.Write("api-keys/d", "4");

        using SecretsStore secrets = Build();

        Assert.Equal("1 4", $"{secrets.GetString("api_keys.a")} {secrets.GetString("api_keys.d")}");
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => secrets.GetString("api_keys.b_c"));
        Assert.Contains(_temp["api_keys/b-c"], e.Message);
        Assert.Contains(_temp["api-keys/b_c"], e.Message);
    }

    [Fact]
    public async Task The_directory_is_read_anew_by_each_load()
    {
        var source = new DirectorySource(_temp["a"], new DirectoryOptions());

        SecretsBatch none = await source.LoadAsync(new SecretsRequest("directory"), CancellationToken.None);
        _temp.Write("a/x", "1");
        SecretsBatch one = await source.LoadAsync(new SecretsRequest("directory"), CancellationToken.None);
        _temp.Write("a/y", "2");
        SecretsBatch two = await source.LoadAsync(new SecretsRequest("directory"), CancellationToken.None);

        Assert.Equal((true, 0, false, 1, 2), (none.IsMissing, none.Entries.Count, one.IsMissing, one.Entries.Count, two.Entries.Count));
        Assert.Equal([_temp["a"]], two.Places);
    }

    [Fact]
    public async Task Cancellation_is_not_wrapped()
    {
        _temp.Write("a", "1");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var source = new DirectorySource(_temp.Path, new DirectoryOptions());

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await source.LoadAsync(new SecretsRequest("directory"), cancelled.Token));

        Assert.Equal(cancelled.Token, e.CancellationToken);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "x")]
    public void Keys_of_the_root_are_exported_only_if_that_is_wanted(bool isWanted, string? exported)
    {
        using var here = new Workspace();
        string folder = here.Folder("mounted");
        here.Write("mounted/db_password", "x");
        here.Write("mounted/section/a", "x");
        here.Write("mounted/section/b", "x");

        using SecretsStore secrets = here.Builder().AddDirectory(folder, o => o.ExportToEnvironment = isWanted).Build();

        Assert.Equal(exported, here.Environment["db_password"]);
        Assert.Null(here.Environment["a"]);
    }

    private SecretsStore Build(string relative = "") => new SecretsBuilder().AddDirectory(Path.TrimEndingDirectorySeparator(_temp[relative])).Build();
}
