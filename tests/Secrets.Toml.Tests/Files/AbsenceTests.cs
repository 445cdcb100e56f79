using Secrets.Tests.Fakes;
using Secrets.Toml.Files;

namespace Secrets.Toml.Tests.Files;

/// <summary>What cannot be looked at is not absent: no file farther away takes its place.</summary>
public sealed class AbsenceTests : IDisposable
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    /// <summary>The folder that may not be entered, where the program runs below the project that has files of its own.</summary>
    [Theory]
    [InlineData("home/project/sub/.secrets")]
    [InlineData("home/project/.secrets")]
    public void A_folder_that_may_not_be_entered_ends_the_search(string forbidden)
    {
        _here.Folder("home/project/.git");
        _here.Folder("home/project/sub");
        _here.WriteHome("a = 'global'");
        _here.WriteProject("a = 'project'");
        _here.Write(forbidden + "/secrets.toml", "a = 'own'");
        foreach (string path in Directory.GetFileSystemEntries(_here.Root, "*", SearchOption.AllDirectories).Append(_here.Root))
        {
            Unix.SetMode(path, Open);
        }

        Exception? failure = Unix.Forbidden(Path.Combine(_here.Root, forbidden), () => Record.Exception(() => Build("sub").Dispose()));
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.IsType<SecretsSourceException>(failure).Code);
    }

    [Fact]
    public void A_directory_in_a_file_s_place_ends_the_search()
    {
        _here.Folder("home/project/.git");
        _here.WriteProject("a = 'project'");
        _here.Folder("home/project/sub/.secrets/secrets.toml");
        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => Build("sub")).Code);
    }

    [Fact]
    public void A_link_to_nothing_is_absent()
    {
        _here.Folder("home/project/.git");
        _here.WriteProject("a = 'project'");
        Unix.Link(Path.Combine(_here.Folder("home/project/sub/.secrets"), "secrets.toml"), "nowhere");
        using SecretsStore secrets = Build("sub");
        Assert.Equal("project", secrets.GetString("a"));
    }

    [Fact]
    public void A_home_behind_a_link_bounds_the_search_and_may_be_the_project()
    {
        _here.Folder("real/.git");
        _here.Write("real/.secrets/secrets.toml", "a = 'above home'");
        _here.Folder("real/user/project");
        Unix.Link(Path.Combine(_here.Root, "linked"), Path.Combine(_here.Root, "real"));
        Assert.DoesNotContain(Path.Combine(_here.Root, "real", ".secrets", "secrets.toml"), Places("real/user/project"));
        Assert.Equal(2, Places("real/user").Length);

        string[] Places(string current) =>
        [
            .. new SecretsFileFinder(new TomlOptions
            {
                HomeDirectory = Path.Combine(_here.Root, "linked", "user"), CurrentDirectory = () => Path.Combine(_here.Root, current), Variable = _ => null, ApplicationDirectory = "",
            }).Find("toml", []).Select(f => f.Path),
        ];
    }

    [Theory]
    [InlineData("~/a.toml")]
    [InlineData("~//a.toml")]
    public void What_follows_the_tilde_stays_in_the_home_directory(string file)
    {
        var options = new TomlOptions { HomeDirectory = _here.Home, CurrentDirectory = () => _here.Project, Files = [file] };
        Assert.Equal(Path.Combine(_here.Home, "a.toml"), new SecretsFileFinder(options).Find("toml", []).Single().Path);
    }

    [Fact]
    public void A_link_into_a_folder_that_all_may_write_to_is_a_warning()
    {
        _here.Write("open/real.toml", "a = 1");
        Unix.SetMode(Path.Combine(_here.Root, "open"), Open | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        Unix.Link(Path.Combine(_here.Folder("home/project/.secrets"), "secrets.toml"), Path.Combine(_here.Root, "open", "real.toml"));
        using SecretsStore secrets = _here.Build();
        Assert.Contains(secrets.Warnings, w => w.Message.Contains("every user of this machine", StringComparison.Ordinal));
    }

    [Fact]
    public void A_home_that_may_not_be_entered_is_another_user_s_and_is_a_warning()
    {
        _here.Write("elsewhere/.secrets/secrets.toml", "a = 'project'");
        _here.Folder("other");
        foreach (string path in Directory.GetFileSystemEntries(_here.Root, "*", SearchOption.AllDirectories).Append(_here.Root))
        {
            Unix.SetMode(path, Open);
        }

        using SecretsStore secrets = Unix.Forbidden(Path.Combine(_here.Root, "other"), () => _here.Builder().AddToml(_here.With(o =>
        {
            o.HomeDirectory = Path.Combine(_here.Root, "other");
            o.CurrentDirectory = () => Path.Combine(_here.Root, "elsewhere");
        })).Build());

        Assert.Equal("project", secrets.GetString("a"));
        Assert.Contains(secrets.Warnings, w => w.Message.StartsWith(Path.Combine(_here.Root, "other") + ", the home directory, cannot be entered", StringComparison.Ordinal));
    }

    [Fact]
    public void Links_that_lead_in_a_circle_are_told()
    {
        string folder = _here.Folder("home/project/.secrets");
        Unix.Link(Path.Combine(folder, "secrets.toml"), "other");
        Unix.Link(Path.Combine(folder, "other"), "secrets.toml");

        foreach (Action<TomlOptions> configure in new Action<TomlOptions>[] { _here.Here, _here.With(o => o.Files = [Workspace.ProjectFile]) })
        {
            SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => _here.Builder().AddToml(configure).Build());
            Assert.Equal((SecretsErrorCode.Unavailable, $"{Workspace.ProjectFile} cannot be read: its links lead in a circle."), (e.Code, e.Message));
        }
    }

    private SecretsStore Build(string folder) => _here.Builder().AddToml(_here.With(o => o.CurrentDirectory = () => Path.Combine(_here.Project, folder))).Build();
}
