using System.Reflection;

namespace Secrets.Toml.Tests;

/// <summary>Each row of <c>docs/streamlit.md</c>: what <c>st.secrets</c> does, done here.</summary>
public sealed class StreamlitParityTests : IDisposable
{
    private const string Document = """
        db_username = "Jane"
        port = 5432
        whitelist = ["sally", "bob"]

        [db]
        user = "shop"
        password = "pw"
        """;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void GlobalFile()
    {
        _workspace.Write("home/.streamlit/secrets.toml", "a = \"streamlit\"\nb = \"streamlit\"");
        _workspace.WriteHome("a = \"secrets\"");
        using SecretsStore secrets = _workspace.Build();
        Assert.Equal(("secrets", "streamlit"), (secrets.GetString("a"), secrets.GetString("b")));
    }

    [Fact]
    public void ProjectFile()
    {
        _workspace.Write("home/project/.streamlit/secrets.toml", "a = \"project\"");
        using SecretsStore secrets = _workspace.Build();
        Assert.Equal("project", secrets.GetString("a"));
    }

    [Fact]
    public void ProjectOverGlobal()
    {
        _workspace.WriteHome("[db]\nuser = \"global\"\nhost = \"global\"");
        _workspace.WriteProject("[db]\nuser = \"project\"");
        using SecretsStore united = _workspace.Build();
        Assert.Equal(("project", "global"), (united.GetString("db.user"), united.GetString("db.host")));

        using SecretsStore replaced = _workspace.Chain().WithPrecedence(SecretsPrecedence.FirstWins, SectionMerge.Replace).Build();
        Assert.False(replaced.ContainsKey("db.host"));
    }

    [Fact]
    public void ListOfFiles()
    {
        _workspace.Write("home/project/a.toml", "a = 1\nb = 1");
        _workspace.Write("home/project/b.toml", "b = 2");
        using SecretsStore listed = _workspace.Builder().AddToml(_workspace.With(o => o.Files = ["a.toml", "b.toml"])).Build();
        Assert.Equal(("1", "2"), (listed.GetString("a"), listed.GetString("b")));

        _workspace.Environment["SECRETS_FILES"] = string.Join(Path.PathSeparator, "a.toml", "b.toml");
        using SecretsStore named = _workspace.Build();
        Assert.Equal(("1", "2"), (named.GetString("a"), named.GetString("b")));
    }

    [Fact]
    public void Directory()
    {
        _workspace.Write("home/project/mounted/token", "t\n");
        _workspace.Write("home/project/mounted/db/user", "u");
        _workspace.Write("home/project/mounted/db/password", "p");
        using SecretsStore listed = _workspace.Builder().AddToml(_workspace.With(o => o.Files = ["mounted"])).Build();
        using SecretsStore added = _workspace.Builder().AddDirectory(Path.Combine(_workspace.Project, "mounted")).Build();
        Assert.All([listed, added], secrets => Assert.Equal(("t", "u"), (secrets.GetString("token"), secrets["db"]["user"].Reveal())));
    }

    [Fact]
    public void EnvironmentExport()
    {
        using (SecretsStore secrets = Read(Document + "\n[path]\nx = 1"))
        {
            Assert.Equal("db_username=Jane port=5432", _workspace.Environment.ToString());
            Assert.True(secrets["db_username"] == _workspace.Environment["db_username"]);
        }

        Assert.Equal("", _workspace.Environment.ToString());
        using SecretsStore off = _workspace.Builder().AddToml(_workspace.With(o => o.ExportToEnvironment = false)).Build();
        Assert.Equal("", _workspace.Environment.ToString());
    }

    [Fact]
    public void KeyNotation()
    {
        using SecretsStore secrets = Read(Document);
        Assert.Equal("Jane", secrets["db_username"].Reveal());
    }

    [Fact]
    public void AttributeNotation()
    {
        using SecretsStore secrets = Read(Document);
        dynamic s = secrets;
        string name = s.db_username;
        Assert.Equal("Jane", name);
    }

    [Fact]
    public void Sections()
    {
        using SecretsStore secrets = Read(Document);
        dynamic s = secrets;
        string attribute = s.db.user;
        Assert.Equal(["shop", "shop", "shop", "shop"], [secrets["db"]["user"].Reveal(), secrets.GetString("db.user"), attribute, secrets["DB"]["User"].Reveal()]);
    }

    [Fact]
    public void ContainsInList()
    {
        using SecretsStore secrets = Read(Document);
        Assert.Equal((true, false), (secrets["whitelist"].Contains("sally"), secrets["whitelist"].Contains("mallory")));
    }

    [Fact]
    public void ContainsKey()
    {
        using SecretsStore secrets = Read(Document);
        Assert.Equal((true, false), (secrets.ContainsKey("db"), secrets.ContainsKey("nothing")));
    }

    [Fact]
    public void GetWithDefault()
    {
        using SecretsStore secrets = Read(Document);
        Assert.Equal(("Jane", "y"), (secrets.GetString("db_username", "y"), secrets.GetString("x", "y")));
    }

    [Fact]
    public void KeywordArguments()
    {
        using SecretsStore secrets = Read(Document);
        Assert.Equal("shop:pw", secrets.Section("db").Invoke<string>((string user, string password) => $"{user}:{password}"));
        SecretNotFoundException missing = Assert.Throws<SecretNotFoundException>(
            () => secrets.Section("db").Invoke((string user, string host, string schema) => { }));
        Assert.Equal(["db.host", "db.schema"], missing.Paths);
    }

    [Fact]
    public void Typed()
    {
        using SecretsStore secrets = Read(Document);
        Assert.Equal((SecretKind.Integer, 5432), (secrets["port"].Kind, secrets["port"].As<int>()));
    }

    [Fact]
    public void MissingFile()
    {
        using SecretsStore secrets = _workspace.Build();
        SecretsFileNotFoundException missing = Assert.Throws<SecretsFileNotFoundException>(() => secrets["db_username"]);
        Assert.Contains(Path.Combine(_workspace.Project, Workspace.ProjectFile), missing.Places);
        Assert.Contains(_workspace.HomeFile, missing.Places);
        Assert.Equal("y", secrets.GetString("db_username", "y"));
    }

    [Fact]
    public void MissingKey()
    {
        using SecretsStore secrets = Read(Document);
        SecretNotFoundException missing = Assert.Throws<SecretNotFoundException>(() => secrets["db"]["pasword"]);
        Assert.Contains("Did you mean db.password", missing.Message, StringComparison.Ordinal);
        Assert.Contains(Workspace.ProjectFile, missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload()
    {
        using SecretsStore secrets = Read(Document);
        _workspace.WriteProject("db_username = \"June\"");
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("June", secrets.GetString("db_username"));

        _workspace.WriteProject("db_username = ");
        await Assert.ThrowsAsync<SecretsFormatException>(() => secrets.RefreshAsync(TestContext.Current.CancellationToken));
        Assert.Equal("June", secrets.GetString("db_username"));
    }

    [Fact]
    public async Task ThreadSafety()
    {
        using SecretsStore secrets = Read("[db]\nuser = \"v0\"\npassword = \"v0\"");
        using var stop = new CancellationTokenSource();
        Task<bool>[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadsTogether(secrets, stop.Token)))];
        for (int version = 1; version <= 50; version++)
        {
            _workspace.WriteProject($"[db]\nuser = \"v{version}\"\npassword = \"v{version}\"");
            await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), Assert.True);
    }

    [Fact]
    public void ReadOnly()
    {
        using SecretsStore secrets = Read(Document);
        dynamic s = secrets;
        Assert.Throws<NotSupportedException>(() => s.db_username = "x");
        Assert.Throws<NotSupportedException>(() => s["db_username"] = "x");
    }

    [Fact]
    public void DeepCopy()
    {
        using SecretsStore secrets = Read(Document);
        dynamic raw = secrets.RevealAll();
        raw["db"]["user"] = "changed";
        Assert.Equal(("changed", "shop"), ((string)raw.db.user, secrets.GetString("db.user")));
    }

    [Fact]
    public void Representation()
    {
        using SecretsStore secrets = Read(Document);
        Assert.Equal("*** [db_username, ***]", $"{secrets["db_username"]} {secrets.First()}");
    }

    [Fact]
    public void Every_row_of_the_page_is_a_test_here()
    {
        string page = Path.Combine(Root(), "docs", "streamlit.md");
        string[] rows = [.. File.ReadLines(page).Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(2).Select(l => TestOf(l.Split('|')[1].Trim()))];
        string[] tests =
        [
            .. typeof(StreamlitParityTests).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(m => m.IsDefined(typeof(FactAttribute)) && m.Name != nameof(Every_row_of_the_page_is_a_test_here)).Select(m => m.Name),
        ];
        Assert.Equal(rows.Order(StringComparer.Ordinal), tests.Order(StringComparer.Ordinal));
    }

    /// <summary>Gives the name of a row's test: <c>GlobalFile</c> for "Global file".</summary>
    private static string TestOf(string feature) => string.Concat(feature.Split(' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static bool ReadsTogether(SecretsStore secrets, CancellationToken stop)
    {
        bool areTogether = true;
        while (!stop.IsCancellationRequested && areTogether)
        {
            SecretsView db = secrets.Section("db");
            areTogether = db.GetString("user") == db.GetString("password");
        }

        return areTogether;
    }

    private static string Root()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Secrets.sln")))
        {
            directory = directory.Parent;
        }

        return directory!.FullName;
    }

    private SecretsStore Read(string toml)
    {
        _workspace.WriteProject(toml);
        return _workspace.Build();
    }
}
