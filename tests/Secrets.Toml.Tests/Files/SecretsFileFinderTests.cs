using Secrets.Files;
using Secrets.Tests.Fakes;
using Secrets.Toml.Files;

namespace Secrets.Toml.Tests.Files;

public sealed class SecretsFileFinderTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    // What is there: "x/.secrets" and "x/.streamlit" are folders with a secrets.toml, "x/.git" is a folder, "x/.git=" a file (a linked work tree).
    // What is read: in the order in which it is, so that the last one wins.
    public static TheoryData<string, string, string?, string, string> Discovery => new()
    {
        { "nothing anywhere", "", "home", "work", "" },
        { "a project's file", "work/.secrets", "home", "work", "work/.secrets" },
        { "a project's file of Streamlit", "work/.streamlit", "home", "work", "work/.streamlit" },
        { "a global file", "home/.secrets", "home", "work", "home/.secrets" },
        { "a global file of Streamlit", "home/.streamlit", "home", "work", "home/.streamlit" },
        {
            "all four", "home/.secrets home/.streamlit work/.secrets work/.streamlit", "home", "work",
            "home/.streamlit home/.secrets work/.streamlit work/.secrets"
        },
        { "no home", "home/.secrets work/.secrets", "", "work", "work/.secrets" },
        { "home is the project", "home/.secrets home/.streamlit", "home", "home", "home/.streamlit home/.secrets" },
        { "home is the project, written otherwise", "home/.secrets", "home/", "home", "home/.secrets" },
        { "home is the project, and the project is written otherwise", "home/.secrets", "home", "home/", "home/.secrets" },
        { "a parent outside a work tree", "work/.secrets", "home", "work/a", "" },
        { "a parent in a work tree", "work/.git work/.secrets", "home", "work/a/b", "work/.secrets" },
        { "a parent's file of Streamlit in a work tree", "work/.git work/.streamlit", "home", "work/a/b", "work/.streamlit" },
        { "a parent in a linked work tree", "work/.git= work/.secrets", "home", "work/a/b", "work/.secrets" },
        { "a parent in a work tree, and the current directory ends in a separator", "work/.git work/.secrets", "home", "work/a/", "work/.secrets" },
        { "the nearest of several parents", "work/.git work/.secrets work/a/.streamlit", "home", "work/a/b", "work/a/.streamlit" },
        { "the current directory before every parent", "work/.git work/.secrets work/a/.secrets", "home", "work/a", "work/a/.secrets" },
        { "a parent above the tree's root", "work/.secrets work/a/.git", "home", "work/a/b", "" },
        { "the tree's root is the current directory", "work/.secrets work/a/.git", "home", "work/a", "" },
        { "a tree within a tree", "work/.git work/.secrets work/a/.git=", "home", "work/a/b", "" },
        { "a parent in a work tree below home", "home/w/.git home/w/.secrets home/.secrets", "home", "home/w/a", "home/.secrets home/w/.secrets" },
        { "home is a work tree and the nearest parent", "home/.git home/.secrets", "home", "home/w/a", "home/.secrets" },
        { "a work tree above home", ".git .secrets", "home", "home/w", "" },
        { "a work tree above home, and a parent below home", ".git home/w/.secrets", "home", "home/w/a", "" },
        { "the current directory above home", ".git .secrets a/home/.secrets", "a/home", "a", "a/home/.secrets" },
        { "a directory whose name begins like home's", "home2/.git home2/.secrets", "home", "home2/a", "home2/.secrets" },
        { "no home, in a work tree", "work/.git work/.secrets", "", "work/a", "work/.secrets" },
    };

    [Theory]
    [MemberData(nameof(Discovery))]
    public void Files_are_found_in_home_and_project(string rule, string present, string? home, string current, string read)
    {
        Assert.NotEmpty(rule);
        Place(present);
        var options = new TomlOptions { ApplicationDirectory = "", HomeDirectory = Under(home), CurrentDirectory = () => Under(current)!, Variable = _ => null };
        _temp.Folder(current);

        Assert.Equal(read, Read(options));
    }

    [Theory]
    [InlineData("work/.git work/.secrets work/a/b/.secrets", "work", "work/.secrets")]
    [InlineData("work/.git work/.secrets", "work/a", "")]
    [InlineData("work/.secrets", "work/", "work/.secrets")]
    [InlineData("work/.secrets", "work/a/..", "work/.secrets")]
    [InlineData("home/.secrets", "home/", "home/.secrets")]
    public void A_project_directory_that_is_set_is_the_only_one(string present, string project, string read)
    {
        Place(present);
        var options = new TomlOptions
        {
            ApplicationDirectory = "", HomeDirectory = _temp["home"],
            ProjectDirectory = Under(project),
            CurrentDirectory = () => _temp["work/a/b"],
            Variable = _ => null,
        };

        Assert.Equal(read, Read(options));
    }

    [Fact]
    public void A_relative_project_directory_counts_from_the_current_one()
    {
        Place("work/a/.secrets");
        var options = new TomlOptions { ApplicationDirectory = "", HomeDirectory = "", ProjectDirectory = "a", CurrentDirectory = () => _temp["work"], Variable = _ => null };

        SecretsFile[] found = Found(options);

        Assert.Equal(_temp["work/a/.secrets/secrets.toml"], Assert.Single(found).Path);
        Assert.Equal(Path.Combine("a", ".secrets", "secrets.toml"), found[0].DisplayName);
    }

    [Theory]
    [InlineData("a.toml", "work/a.toml")]
    [InlineData("sub/a.toml", "work/sub/a.toml")]
    [InlineData("../a.toml", "a.toml")]
    [InlineData("~/a.toml", "home/a.toml")]
    [InlineData("~/x/../a.toml", "home/a.toml")]
    [InlineData("~x/a.toml", "work/~x/a.toml")]
    [InlineData("~", "work/~")]
    [InlineData("{other/a.toml}", "other/a.toml")]
    public void A_listed_file_counts_from_the_current_directory_or_from_home_and_is_called_as_it_was_listed(string listed, string path)
    {
        listed = Expand(listed);
        var options = new TomlOptions { Files = [listed], ApplicationDirectory = "", HomeDirectory = _temp["home"], CurrentDirectory = () => _temp["work"], Variable = _ => null };

        SecretsFile file = Assert.Single(new SecretsFileFinder(options).Find("toml", []));

        Assert.Equal((_temp[path], listed), (file.Path, file.DisplayName));
    }

    [Fact]
    public void A_listed_file_counts_from_the_project_directory_that_is_set()
    {
        var options = new TomlOptions
        {
            Files = ["a.toml", "~/a.toml"],
            ProjectDirectory = _temp["work"],
            ApplicationDirectory = "", HomeDirectory = _temp["home"],
            CurrentDirectory = () => _temp["elsewhere"],
            Variable = _ => null,
        };

        Assert.Equal([_temp["work/a.toml"], _temp["home/a.toml"]], new SecretsFileFinder(options).Find("toml", []).Select(f => f.Path));
    }

    [Fact]
    public void Without_a_home_a_tilde_is_a_name()
    {
        var options = new TomlOptions { Files = ["~/a.toml"], ApplicationDirectory = "", HomeDirectory = "", CurrentDirectory = () => _temp["work"], Variable = _ => null };

        Assert.Equal(_temp["work/~/a.toml"], Assert.Single(new SecretsFileFinder(options).Find("toml", [])).Path);
    }

    [Theory]
    [InlineData("a.toml", "a.toml")]
    [InlineData("a.toml|b.toml", "a.toml b.toml")]
    [InlineData("|a.toml|| b.toml |", "a.toml b.toml")]
    [InlineData("", "home/.secrets work/.secrets")]
    [InlineData("||", "home/.secrets work/.secrets")]
    [InlineData(null, "home/.secrets work/.secrets")]
    public void SECRETS_FILES_lists_files_as_PATH_does(string? variable, string read)
    {
        Place("home/.secrets work/.secrets");
        _temp.Write("work/a.toml", "");
        _temp.Write("work/b.toml", "");
        var options = new TomlOptions
        {
            ApplicationDirectory = "", HomeDirectory = _temp["home"],
            CurrentDirectory = () => _temp["work"],
            Variable = name => name == "SECRETS_FILES" ? variable?.Replace('|', Path.PathSeparator) : null,
        };

        Assert.Equal(read, Read(options).Replace("work/a", "a").Replace("work/b", "b"));
    }

    [Fact]
    public void Files_come_before_SECRETS_FILES()
    {
        var options = new TomlOptions { Files = ["a.toml"], ApplicationDirectory = "", HomeDirectory = "", CurrentDirectory = () => _temp.Path, Variable = _ => "b.toml" };

        Assert.Equal("a.toml", Assert.Single(new SecretsFileFinder(options).Find("toml", [])).DisplayName);
    }

    [Fact]
    public void Places_are_called_by_what_an_editor_finds_from_the_current_directory()
    {
        Place("work/.git work/.secrets home/.secrets");
        _temp.Folder("work/a");
        var options = new TomlOptions { ApplicationDirectory = "", HomeDirectory = _temp["home"], CurrentDirectory = () => _temp["work/a"], Variable = _ => null };

        Assert.Equal([_temp["home/.secrets/secrets.toml"], _temp["work/.secrets/secrets.toml"]], Found(options).Select(f => f.DisplayName));

        options = new TomlOptions { ApplicationDirectory = "", HomeDirectory = _temp["home"], CurrentDirectory = () => _temp["work"], Variable = _ => null };

        Assert.Equal([_temp["home/.secrets/secrets.toml"], Workspace.ProjectFile], Found(options).Select(f => f.DisplayName));
    }

    [Fact]
    public void Places_of_a_project_directory_elsewhere_are_called_by_their_whole_paths()
    {
        Place("work/.secrets");
        var options = new TomlOptions { ApplicationDirectory = "", HomeDirectory = "", ProjectDirectory = _temp["work"], CurrentDirectory = () => _temp["home"], Variable = _ => null };

        Assert.Equal(_temp["work/.secrets/secrets.toml"], Assert.Single(Found(options)).DisplayName);
    }

    // Where the application is: "app" has no project; "work/src/App/bin/Debug/net10.0" is in the bin folder of one; "out/bin/App/debug" is in a bin folder that is none of a project's.
    // Home is "home", and the program starts in "elsewhere" unless the row says otherwise.
    public static TheoryData<string, string, string, string, string> Applications => new()
    {
        { "started elsewhere", "app/.secrets", "elsewhere", "app", "app/.secrets" },
        { "Streamlit's folder", "app/.streamlit", "elsewhere", "app", "app/.streamlit" },
        { "both folders", "app/.streamlit app/.secrets", "elsewhere", "app", "app/.streamlit app/.secrets" },
        { "the project's file comes first", "elsewhere/.secrets app/.secrets", "elsewhere", "app", "elsewhere/.secrets" },
        { "a parent's file comes first", "w/.git w/.secrets app/.secrets", "w/a", "app", "w/.secrets" },
        { "the global file is refined", "home/.secrets app/.secrets", "elsewhere", "app", "home/.secrets app/.secrets" },
        { "a project's bin folder", "work/src/App/.secrets", "elsewhere", "work/src/App/bin/Debug/net10.0", "work/src/App/.secrets" },
        { "what was copied into the bin folder comes first", "work/src/App/.secrets work/src/App/bin/Debug/net10.0/.secrets", "elsewhere", "work/src/App/bin/Debug/net10.0", "work/src/App/bin/Debug/net10.0/.secrets" },
        { "a bin folder without a project", "out/.secrets", "elsewhere", "out/bin/App/debug", "" },
        { "an IDE that starts in the bin folder", "work/src/App/.secrets", "work/src/App/bin/Debug/net10.0", "work/src/App/bin/Debug/net10.0", "work/src/App/.secrets" },
        { "not the parents of the application", ".git .secrets", "elsewhere", "app", "" },
        { "the application is in the home directory", "home/.secrets", "elsewhere", "home", "home/.secrets" },
    };

    [Theory]
    [MemberData(nameof(Applications))]
    public void Where_the_project_has_no_file_the_application_s_directory_counts(string rule, string present, string current, string application, string read)
    {
        Assert.NotEmpty(rule);
        Place(present);
        _temp.Folder(current);
        _temp.Folder(application);
        _temp.Write("work/src/App/App.csproj", "<Project/>");

        Assert.Equal(read, Read(new TomlOptions { ApplicationDirectory = _temp[application], HomeDirectory = _temp["home"], CurrentDirectory = () => _temp[current], Variable = _ => null }));
    }

    [Fact]
    public void A_project_directory_of_the_options_is_never_replaced_and_one_of_the_builder_is_where_the_search_begins()
    {
        Place("app/.secrets w/.git w/.secrets other/.secrets");
        _temp.Folder("w/a");
        TomlOptions Options(string? project) => new() { ApplicationDirectory = _temp["app"], HomeDirectory = "", ProjectDirectory = project, CurrentDirectory = () => _temp["other"], Variable = _ => null };
        var builder = new SecretsBuilder();

        Assert.Equal("", Read(Options(_temp["w/a"]), builder));
        Assert.Equal("other/.secrets", Read(Options(null), builder));

        builder.ProjectDirectory = _temp["w/a"];
        Assert.Equal("w/.secrets", Read(Options(null), builder));

        builder.ProjectDirectory = _temp["nowhere"];
        Assert.Equal("app/.secrets", Read(Options(null), builder));
    }

    // The variables are "DOTNET_ENVIRONMENT ASPNETCORE_ENVIRONMENT"; "-" stands for one that is not set.
    [Theory]
    [InlineData(null, null, "- -", "")]
    [InlineData("Test", null, "- -", "Test")]
    [InlineData(null, "Test", "- -", "Test")]
    [InlineData("Option", "Builder", "Dotnet Aspnet", "Option")]
    [InlineData(null, "Builder", "Dotnet Aspnet", "Builder")]
    [InlineData(null, null, "Dotnet Aspnet", "Dotnet")]
    [InlineData(null, null, "- Aspnet", "Aspnet")]
    [InlineData("", "Builder", "Dotnet Aspnet", "")]
    [InlineData(null, "", "Dotnet Aspnet", "")]
    [InlineData(null, null, "two.words-and_more -", "two.words-and_more")]
    public void An_environment_s_file_refines_the_one_beside_it(string? option, string? ofBuilder, string variables, string name)
    {
        string[] set = variables.Split(' ');
        var options = new TomlOptions
        {
            ApplicationDirectory = "", HomeDirectory = _temp["home"], CurrentDirectory = () => _temp["work"], EnvironmentName = option,
            Variable = asked => asked == "DOTNET_ENVIRONMENT" && set[0] != "-" ? set[0] : asked == "ASPNETCORE_ENVIRONMENT" && set[1] != "-" ? set[1] : null,
        };
        foreach (string directory in new[] { "home/.streamlit", "home/.secrets", "work/.streamlit", "work/.secrets" })
        {
            Place(directory);
            Array.ForEach(["Test", "Option", "Builder", "Dotnet", "Aspnet", "two.words-and_more"], n => _temp.Write($"{directory}/secrets.{n}.toml", ""));
        }

        string one = name.Length == 0 ? "{0}" : $"{{0}} {{0}}/secrets.{name}.toml";
        Assert.Equal(
            string.Join(' ', new[] { "home/.streamlit", "home/.secrets", "work/.streamlit", "work/.secrets" }.Select(d => string.Format(System.Globalization.CultureInfo.InvariantCulture, one, d))),
            Read(options, new SecretsBuilder { EnvironmentName = ofBuilder }));
    }

    [Fact]
    public void An_environment_s_file_alone_makes_a_directory_the_project_s()
    {
        Place("work/.git work/.secrets");
        _temp.Write("work/a/.secrets/secrets.Test.toml", "");
        TomlOptions Options(string? environment) => new() { ApplicationDirectory = "", HomeDirectory = "", EnvironmentName = environment, CurrentDirectory = () => _temp["work/a"], Variable = _ => null };

        Assert.Equal("work/a/.secrets/secrets.Test.toml", Read(Options("Test")));
        Assert.Equal("work/.secrets", Read(Options("Other")));
    }

    [Fact]
    public void Listed_files_have_no_environment_s_file()
    {
        _temp.Write("work/secrets.Test.toml", "");
        var options = new TomlOptions { Files = ["secrets.toml"], ApplicationDirectory = "", HomeDirectory = "", EnvironmentName = "Test", CurrentDirectory = () => _temp["work"], Variable = _ => null };

        Assert.Equal(_temp["work/secrets.toml"], Assert.Single(new SecretsFileFinder(options).Find("toml", [])).Path);
    }

    [Theory]
    [InlineData("../x", null)]
    [InlineData(null, "a/b")]
    [InlineData(null, "a\\b")]
    [InlineData(null, "a\0b")]
    [InlineData(null, "C:x")]
    public void A_name_of_an_environment_that_leads_elsewhere_is_refused(string? variable, string? ofBuilder)
    {
        var options = new TomlOptions { HomeDirectory = "", CurrentDirectory = () => _temp["work"], Variable = name => name == "ASPNETCORE_ENVIRONMENT" ? variable : null };

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => new SecretsFileFinder(options, new SecretsBuilder { EnvironmentName = ofBuilder }).Find("mine", []));

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "mine"), (e.Code, e.SourceName));
        Assert.Equal(
            $"{(variable is null ? "SecretsBuilder.EnvironmentName" : "ASPNETCORE_ENVIRONMENT")} has a character that a file name cannot have; set it to a name such as Development, or to nothing.",
            e.Message);
    }

    [Fact]
    public void Relative_paths_keep_the_current_directory_of_the_moment_in_which_the_source_was_added()
    {
        Place("work/.secrets other/.secrets");
        string current = "work";
        var found = new SecretsFileFinder(new TomlOptions { ApplicationDirectory = "", HomeDirectory = "", CurrentDirectory = () => _temp[current], Variable = _ => null });
        var listed = new SecretsFileFinder(new TomlOptions { Files = ["a.toml"], HomeDirectory = "", CurrentDirectory = () => _temp[current], Variable = _ => null });
        var inProject = new SecretsFileFinder(new TomlOptions { ProjectDirectory = "p", HomeDirectory = "h", CurrentDirectory = () => _temp[current], Variable = _ => null });
        current = "other";

        Assert.Equal([_temp["work/.secrets/secrets.toml"]], found.Find("toml", []).Select(f => f.Path).Where(File.Exists));
        Assert.Equal(_temp["work/a.toml"], Assert.Single(listed.Find("toml", [])).Path);
        Assert.Equal([_temp["work/h/.secrets/secrets.toml"], _temp["work/p/.secrets/secrets.toml"]], inProject.Find("toml", []).Select(f => f.Path).Where(p => p.Contains(".secrets")));
    }

    [Fact]
    public void Without_a_current_directory_all_but_relative_paths_are_found()
    {
        Place("home/.secrets app/.secrets");
        TomlOptions Options(string? file) => new()
        {
            Files = file is null ? [] : [file], ApplicationDirectory = _temp["app"], HomeDirectory = _temp["home"], CurrentDirectory = () => throw new FileNotFoundException(), Variable = _ => null,
        };

        Assert.Equal("home/.secrets app/.secrets", Read(Options(null)));
        Assert.Equal(_temp["a.toml"], Assert.Single(new SecretsFileFinder(Options(_temp["a.toml"])).Find("toml", [])).Path);
        Assert.Equal(_temp["home/a.toml"], Assert.Single(new SecretsFileFinder(Options("~/a.toml")).Find("toml", [])).Path);
        Assert.Equal(_temp["work/a.toml"], Assert.Single(new SecretsFileFinder(Options("a.toml"), new SecretsBuilder { ProjectDirectory = _temp["work"] }).Find("toml", [])).Path);

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => new SecretsFileFinder(Options("a.toml")).Find("mine", []));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "mine"), (e.Code, e.SourceName));
        Assert.Equal("a.toml is a relative path, and the current directory of this process does not exist. Use an absolute path, or set ProjectDirectory.", e.Message);
    }

    [Fact]
    public void Options_and_directories_are_taken_as_they_were_and_places_are_looked_for_anew()
    {
        Place("work/.secrets");
        var options = new TomlOptions { ApplicationDirectory = "", HomeDirectory = "", CurrentDirectory = () => _temp["work"], Variable = _ => null };
        var finder = new SecretsFileFinder(options);
        options.Files.Add("other.toml");
        options.ProjectDirectory = _temp["other"];

        Assert.Single(finder.Find("toml", []), f => File.Exists(f.Path));

        Place("work/.streamlit");

        Assert.Equal(2, finder.Find("toml", []).Count(f => File.Exists(f.Path)));
    }

    private void Place(string present)
    {
        foreach (string name in present.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name.EndsWith(".git", StringComparison.Ordinal))
            {
                _temp.Folder(name);
            }
            else
            {
                _temp.Write(name.EndsWith('=') ? name[..^1] : name + "/secrets.toml", "");
            }
        }
    }

    private string? Under(string? relative) =>
        string.IsNullOrEmpty(relative) ? relative : Path.Combine(_temp.Path, relative);

    private string Expand(string text) => text.StartsWith('{') ? _temp[text[1..^1]] : text;

    private static SecretsFile[] Found(TomlOptions options, SecretsBuilder? builder = null) => [.. new SecretsFileFinder(options, builder).Find("toml", []).Where(f => File.Exists(f.Path))];

    private string Read(TomlOptions options, SecretsBuilder? builder = null) => string.Join(' ', Found(options, builder).Select(
        f => Path.GetRelativePath(_temp.Path, f.Path).Replace('\\', '/').Replace("/secrets.toml", "")));
}
