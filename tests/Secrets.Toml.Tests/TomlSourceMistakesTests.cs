using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests;

/// <summary>Files with mistakes, files that cannot be read, and what is said of them.</summary>
public sealed class TomlSourceMistakesTests : IDisposable
{
    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    public static TheoryData<string, string, string, string> Duplicates => new()
    {
        { "api_key = 1\napi-key = 2", "api-key", "(2,1)", "(1,1)" },
        { "apiKey = 1\n\n  API_KEY = 2", "API_KEY", "(3,3)", "(1,1)" },
        { "[a]\nb_c = 1\nbC = 2", "a.bC", "(3,1)", "(2,1)" },
        { "[api_key]\n[api-key]", "api-key", "(2,1)", "(1,1)" },
        { "[api_key.x]\n[api-key.y]", "api-key", "(2,1)", "(1,1)" },
        { "[x.api_key]\n[x.api-key.y]", "x.api-key", "(2,1)", "(1,1)" },
        { "api_key = 1\n[api-key]", "api-key", "(2,1)", "(1,1)" },
        { "a_b.x = 1\na-b.y = 2", "a-b", "(2,1)", "(1,1)" },
        { "a_b.x = 1\na-b = 2", "a-b", "(2,1)", "(1,1)" },
        { "a = {b_c = 1, bC = 2}", "a.bC", "(1,15)", "(1,6)" },
        { "[[t]]\nb_c = 1\n[[t]]\nb_c = 1\nbC = 2", "t.1.bC", "(5,1)", "(4,1)" },
        { "[[t]]\n[t.b_c]\n[t.bC]", "t.0.bC", "(3,1)", "(2,1)" },
        { "a = [[{b_c = 1, bC = 2}]]", "a.0.0.bC", "(1,17)", "(1,8)" },
        { "[[api_key]]\n[[api-key]]", "api-key", "(2,1)", "(1,1)" },
    };

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "(2,5): expected a value; text needs quotes", "a = 1\nb = two"u8.ToArray() },
        { "(1,12): expected the end of the line", "'ä😀' = 1  2"u8.ToArray() },
        { "(2,7): this is not valid UTF-8", [.. "a = 1\nb = 'x"u8, 0xFF, .. "'"u8] },
        { "(1,1): this is UTF-16 (little-endian)", [0xFF, 0xFE, (byte)'a', 0] },
        { "(3,1): this key is defined twice; the first is at (1,1)", "a = 1\nb = 1\na = 2"u8.ToArray() },
    };

    [Fact]
    public void A_listed_directory_that_cannot_be_read_fails_the_load()
    {
        _here.Write("home/project/mounted/a", "x");
        SecretsBuilder chain = _here.Builder().AddToml("mounted", _here.Here).AddInMemory(new Dictionary<string, object?> { ["a"] = 1 });
        chain.Build().Dispose();

        SecretsSourceException e = Unix.Forbidden(Path.Combine(_here.Project, "mounted"), () => Assert.Throws<SecretsSourceException>(chain.Build));

        Assert.Equal((SecretsErrorCode.AccessDenied, "toml"), (e.Code, e.SourceName));
        Assert.StartsWith("mounted cannot be read: this process has no permission. ", e.Message);
    }

    [Fact]
    public void A_directory_where_a_file_is_looked_for_is_a_mistake()
    {
        _here.Folder("home/project/.secrets/secrets.toml");

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(_here.Build);

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "toml"), (e.Code, e.SourceName));
        Assert.Equal($"{Workspace.ProjectFile} is a directory; name the file in it.", e.Message);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_mistake_in_a_file_is_where_an_editor_finds_it(string expected, byte[] toml)
    {
        _here.Write("home/project/.secrets/secrets.toml", toml);

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(_here.Build);

        Assert.StartsWith(Workspace.ProjectFile + expected, e.Message);
        Assert.Equal((SecretsErrorCode.InvalidFormat, Workspace.ProjectFile), (e.Code, e.File));
        Assert.StartsWith($"({e.Line},{e.Column})", expected);
        Assert.Null(e.InnerException);
        Assert.Empty(e.Data);
    }

    [Fact]
    public void A_mistake_does_not_fall_back_to_another_file_or_source()
    {
        _here.WriteHome("a = 1");
        _here.WriteProject("a = ");

        Assert.Throws<SecretsFormatException>(() => _here.Chain().AddInMemory(new Dictionary<string, object?> { ["a"] = 1 }).Build());
        Assert.Equal("", _here.Environment.ToString());
    }

    [Fact]
    public void Two_malformed_files_are_both_named()
    {
        _here.WriteHome("a = 1\n= 2");
        _here.WriteProject("b = ]");

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(_here.Build);

        Assert.Equal((SecretsErrorCode.InvalidFormat, "toml"), (e.Code, e.SourceName));
        Assert.Contains(
            $"2 files cannot be read:\n{_here.HomeFile}(2,1): expected a key\n{Workspace.ProjectFile}(1,5): expected",
            e.Message.ReplaceLineEndings("\n"));
        Assert.Null(e.InnerException);
    }

    [Fact]
    public void A_malformed_file_and_an_unreadable_one_are_both_named()
    {
        _here.Folder("home/.secrets/secrets.toml");
        _here.WriteProject("b = ]");

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(_here.Build);

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
        Assert.Contains("is a directory", e.Message);
        Assert.Contains($"{Workspace.ProjectFile}(1,5)", e.Message);
    }

    [Theory]
    [MemberData(nameof(Duplicates))]
    public void Two_spellings_of_one_key_in_a_file_are_an_error_that_names_both_places(string toml, string path, string second, string first)
    {
        _here.WriteProject(toml);

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(_here.Build);

        Assert.StartsWith($"{Workspace.ProjectFile}{second}: {path} is the same key as the one at {Workspace.ProjectFile}{first}", e.Message);
        Assert.Equal(second, $"({e.Line},{e.Column})");

        SecretsBuilder ordinal = _here.Chain();
        ordinal.KeyComparison = KeyComparison.Ordinal;
        using SecretsStore secrets = ordinal.Build();

        Assert.Equal(second, secrets[path].Origin.Location[Workspace.ProjectFile.Length..]);
    }

    [Fact]
    public void All_pairs_of_spellings_are_named()
    {
        _here.WriteProject("a_b = 1\nab = 2\n[s]\nc_d = 1\ncd = 2");

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(_here.Build);

        Assert.Contains($"{Workspace.ProjectFile}(2,1): ab is", e.Message);
        Assert.Contains($"{Workspace.ProjectFile}(5,1): s.cd is", e.Message);
    }

    [Theory]
    [InlineData("home/project/.secrets/secrets.toml")]
    [InlineData("home/.secrets/secrets.toml")]
    [InlineData("home/project/.secrets")]
    public void A_file_without_permission_is_denied_and_nothing_stands_in_for_it(string forbidden)
    {
        _here.WriteHome("a = 1");
        _here.WriteProject("a = 1");
        _here.Folder("warm/.secrets/secrets.toml");
        SecretsBuilder chain = _here.Chain().AddInMemory(new Dictionary<string, object?> { ["a"] = 1 });

        // What the runtime loads on the way has to be loaded by a user who may.
        _here.Build().Dispose();
        Assert.Throws<SecretsSourceException>(() => _here.Builder().AddToml(_here.With(o => o.ProjectDirectory = Path.Combine(_here.Root, "warm"))).Build());
        Assert.Equal("1", chain.Build().GetString("a"));

        SecretsSourceException e = Unix.Forbidden(Path.Combine(_here.Root, forbidden), () => Assert.Throws<SecretsSourceException>(chain.Build));

        Assert.Equal((SecretsErrorCode.AccessDenied, "toml"), (e.Code, e.SourceName));
        Assert.Contains("cannot be read: this process has no permission", e.Message);
        Assert.Null(e.InnerException);
    }

    [Fact]
    public void A_file_that_is_larger_than_allowed_is_malformed()
    {
        _here.WriteProject("a = '0123456789'");

        using (SecretsStore secrets = _here.Builder().AddToml(_here.With(o => o.MaxSize = 16)).Build())
        {
            Assert.Equal("0123456789", secrets.GetString("a"));
        }

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(() => _here.Builder().AddToml(_here.With(o => o.MaxSize = 15)).Build());

        Assert.Equal($"{Workspace.ProjectFile}: the file is larger than the 15 bytes that MaxSize allows", e.Message);
    }

    [Fact]
    public void Version_and_depth_count()
    {
        _here.WriteProject("a = {b = [[1]],}");

        Assert.Throws<SecretsFormatException>(() => _here.Builder().AddToml(_here.With(o => o.Version = TomlVersion.Toml10)).Build());
        Assert.Throws<SecretsFormatException>(() => _here.Builder().AddToml(_here.With(o => o.MaxDepth = 2)).Build());
        _here.Builder().AddToml(_here.With(o => o.MaxDepth = 3)).Build().Dispose();
    }

    [Fact]
    public async Task A_pipe_where_a_file_should_be_does_not_hang_the_program()
    {
        Unix.MakePipe(Path.Combine(_here.Folder("home/project/.secrets"), "secrets.toml"));

        SecretsSourceException e = await Assert.ThrowsAsync<SecretsSourceException>(
            () => Task.Run(_here.Build, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "toml"), (e.Code, e.SourceName));
    }

    [Fact]
    public void A_file_that_is_called_like_the_folder_is_no_store()
    {
        _here.Write("home/.secrets", "export TOKEN=1");
        _here.WriteProject("a = 1");

        using SecretsStore secrets = _here.Build();

        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public void A_file_that_others_can_read_and_a_folder_that_they_can_write_to_are_warnings_of_the_store()
    {
        string file = _here.WriteProject("a = 1");
        Unix.SetMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Unix.SetMode(Path.GetDirectoryName(file)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        using SecretsStore secrets = _here.Build();

        Assert.Equal("1", secrets.GetString("a"));
        Assert.Collection(
            secrets.Warnings,
            w => Assert.Equal(
                $"{Workspace.ProjectFile} is open to other users of this machine; make it yours alone: chmod 600 {Workspace.ProjectFile}", w.Message),
            w => Assert.StartsWith($"{Workspace.ProjectFile} lies in a directory that every user", w.Message));
        Assert.All(secrets.Warnings, w => Assert.Equal((SecretsWarningCode.Source, "toml"), (w.Code, w.SourceName)));
    }
}
