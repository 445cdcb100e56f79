using Secrets.DotEnv.Tests;
using Secrets.Files;
using Secrets.Tests.Fakes;

namespace Secrets.DotEnv.Files;

public sealed class DotEnvFileFinderTests : IDisposable
{
    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    // What is there: ".env" files, "x/.git" a folder, "x/.git=" a file (a linked work tree). The home is "home"; the work tree, where there is one, "work".
    public static TheoryData<string, string, string, string, string> Search => new()
    {
        { "nothing anywhere", "", ".env", "work/a", "work/a/.env" },
        { "here", "work/.git work/.env work/a/.env", ".env", "work/a", "work/a/.env" },
        { "a parent", "work/.git work/.env", ".env", "work/a/b", "work/.env" },
        { "the nearest parent", "work/.git work/.env work/a/.env", ".env", "work/a/b/c", "work/a/.env" },
        { "a parent in a linked work tree", "work/.git= work/.env", ".env", "work/a", "work/.env" },
        { "a parent above the tree's root", ".env work/.git", ".env", "work/a", "work/a/.env" },
        { "outside a work tree", "work/.env", ".env", "work/a", "work/a/.env" },
        { "a work tree above home", ".git .env", ".env", "home/w", "home/w/.env" },
        { "home is a work tree", "home/.git home/.env", ".env", "home/w", "home/.env" },
        { "several files count from one directory", "work/.git work/.env work/a/.env.local", ".env .env.local", "work/a/b", "work/a/.env work/a/.env.local" },
        { "a file in a folder", "work/.git work/config/x.env", "config/x.env", "work/a", "work/config/x.env" },
        { "what is not relative stays", "work/.git work/.env home/x.env", "~/x.env .env", "work/a", "home/x.env work/.env" },
        { "a folder is no file", "work/.git work/.env work/a/.env/", ".env", "work/a", "work/.env" },
    };

    [Theory]
    [MemberData(nameof(Search))]
    public void Parents_are_searched_where_that_is_asked_for(string rule, string present, string files, string current, string expected)
    {
        Assert.NotEmpty(rule);
        Place(present);
        _here.Folder(current);

        IReadOnlyList<SecretsFile> found = Find(current, o =>
        {
            o.Files = files.Split(' ');
            o.SearchParents = true;
        });

        Assert.Equal(expected.Split(' ').Select(In), found.Select(f => f.Path));
    }

    [Fact]
    public void Parents_are_not_searched_otherwise()
    {
        Place("work/.git work/.env");

        Assert.Equal(In("work/a/.env"), Assert.Single(Find("work/a", _ => { })).Path);
    }

    [Fact]
    public void The_search_begins_where_the_project_is()
    {
        Place("work/.git work/.env work/a/.env");
        _here.Folder("work/b/c");

        IReadOnlyList<SecretsFile> found = Find("work/a", o =>
        {
            o.ProjectDirectory = In("work/b/c");
            o.SearchParents = true;
        });

        Assert.Equal(In("work/.env"), Assert.Single(found).Path);
    }

    [Theory]
    [InlineData(".env", "work/.env", ".env")]
    [InlineData("sub/a.env", "work/sub/a.env", "sub/a.env")]
    [InlineData("../a.env", "a.env", "../a.env")]
    [InlineData("~/a.env", "home/a.env", "~/a.env")]
    [InlineData("~x/a.env", "work/~x/a.env", "~x/a.env")]
    [InlineData("~", "work/~", "~")]
    public void A_file_counts_from_the_current_directory_or_from_home_and_is_called_as_it_was_listed(string listed, string path, string name)
    {
        SecretsFile file = Assert.Single(Find("work", o => o.Files = [listed]));

        Assert.Equal((In(path), name), (file.Path, file.DisplayName));
    }

    [Fact]
    public void A_file_of_another_directory_is_called_so_that_an_editor_finds_it()
    {
        Place("work/.git work/.env");

        Assert.Equal(In("work/.env"), Assert.Single(Find("work/a", o => o.SearchParents = true)).DisplayName);
        Assert.Equal(Path.Combine("a", ".env"), Assert.Single(Find("work", o => o.ProjectDirectory = "a")).DisplayName);
        Assert.Equal("~/.env", Assert.Single(Find("work", o => (o.Files, o.ProjectDirectory) = (["~/.env"], "a"))).DisplayName);
    }

    [Fact]
    public void Options_are_copied()
    {
        var options = new DotEnvOptions { Files = ["a.env"], CurrentDirectory = () => _here.Root, HomeDirectory = "" };
        var finder = new DotEnvFileFinder(options);
        options.Files[0] = "b.env";
        options.ProjectDirectory = "x";

        Assert.Equal(In("a.env"), Assert.Single(finder.Find("dotenv", [])).Path);
    }

    [Fact]
    public void Relative_paths_keep_the_current_directory_of_the_moment_in_which_the_source_was_added()
    {
        string current = "work";
        var finder = new DotEnvFileFinder(new DotEnvOptions { CurrentDirectory = () => In(current), HomeDirectory = "" });
        current = "other";

        Assert.Equal(In("work/.env"), Assert.Single(finder.Find("dotenv", [])).Path);
    }

    [Fact]
    public void The_builder_s_project_directory_stands_for_the_current_one()
    {
        Place("work/.git work/.env");
        var builder = new SecretsBuilder { ProjectDirectory = In("work/a") };
        IReadOnlyList<SecretsFile> Find(Action<DotEnvOptions> configure)
        {
            var options = new DotEnvOptions { CurrentDirectory = () => In("other"), HomeDirectory = _here.Home };
            configure(options);
            return new DotEnvFileFinder(options, builder).Find("dotenv", []);
        }

        Assert.Equal((In("work/a/.env"), In("work/a/.env")), (Find(_ => { })[0].Path, Find(_ => { })[0].DisplayName));
        Assert.Equal(In("work/.env"), Find(o => o.SearchParents = true)[0].Path);
        Assert.Equal(In("b/.env"), Find(o => o.ProjectDirectory = In("b"))[0].Path);
    }

    [Fact]
    public void Without_a_current_directory_relative_paths_fail_alone()
    {
        DotEnvOptions Options(string file) => new() { Files = [file], SearchParents = true, CurrentDirectory = () => throw new FileNotFoundException(), HomeDirectory = _here.Home };

        Assert.Equal(In("a.env"), Assert.Single(new DotEnvFileFinder(Options(In("a.env"))).Find("dotenv", [])).Path);
        Assert.Equal(In("home/a.env"), Assert.Single(new DotEnvFileFinder(Options("~/a.env")).Find("dotenv", [])).Path);
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => new DotEnvFileFinder(Options("a.env")).Find("mine", []));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "mine"), (e.Code, e.SourceName));
    }

    [Fact]
    public void A_parent_s_file_of_another_user_is_refused()
    {
        Place("work/.git work/.env");
        _here.Folder("work/a");
        Unix.GiveToNobody(In("work/.env"));

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Find("work/a", o => o.SearchParents = true));

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, e.Code);
        Assert.StartsWith(In("work/.env") + " was found in a parent directory, and belongs to another user of this machine.", e.Message, StringComparison.Ordinal);
        Assert.Equal(In("work/.env"), Assert.Single(Find("work", o => o.SearchParents = true)).Path);
    }

    private IReadOnlyList<SecretsFile> Find(string current, Action<DotEnvOptions> configure)
    {
        var options = new DotEnvOptions { CurrentDirectory = () => In(current), HomeDirectory = _here.Home };
        configure(options);
        return new DotEnvFileFinder(options).Find("dotenv", []);
    }

    private string In(string relative) => Path.GetFullPath(relative, _here.Root);

    private void Place(string present)
    {
        foreach (string item in present.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (item.EndsWith("/.git", StringComparison.Ordinal) || item is ".git" || item.EndsWith('/'))
            {
                _here.Folder(item);
            }
            else
            {
                _here.Write(item.TrimEnd('='), "");
            }
        }
    }

    [Fact]
    public void A_folder_that_may_not_be_entered_ends_the_search()
    {
        using var here = new Workspace();
        here.Folder("home/project/.git");
        here.Write("home/project/.env", "A=parent\n");
        here.Write("home/project/sub/conf/.env", "A=own\n");
        foreach (string path in Directory.GetFileSystemEntries(here.Root, "*", SearchOption.AllDirectories).Append(here.Root))
        {
            Unix.SetMode(path, (UnixFileMode)0x1ed);
        }

        Exception? failure = Unix.Forbidden(Path.Combine(here.Project, "sub", "conf"), () => Record.Exception(() => new SecretsBuilder().AddDotEnv(here.With(o =>
        {
            o.Files = ["conf/.env", ".env"];
            o.SearchParents = true;
            o.CurrentDirectory = () => Path.Combine(here.Project, "sub");
        })).Build().Dispose()));
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.IsType<SecretsSourceException>(failure).Code);
    }
}
