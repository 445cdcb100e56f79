using Secrets.Tests.Fakes;
using Secrets.Toml.Files;

namespace Secrets.Toml.Tests.Files;

public sealed class ApplicationDirectoriesTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("app", "app")]
    [InlineData("app/", "app")]
    [InlineData("src/App/bin", "src/App/bin src/App")]
    [InlineData("src/App/bin/Debug/net10.0", "src/App/bin/Debug/net10.0 src/App")]
    [InlineData("src/App/bin/Release/net10.0/linux-x64/publish", "src/App/bin/Release/net10.0/linux-x64/publish src/App")]
    [InlineData("src/App/obj/net10.0", "src/App/obj/net10.0")]
    [InlineData("artifacts/bin/App/debug", "artifacts/bin/App/debug")]
    [InlineData("src/App/bin/Debug/bin/x", "src/App/bin/Debug/bin/x src/App")]
    public void A_project_is_that_of_a_bin_folder(string application, string expected)
    {
        _temp.Write("src/App/App.fsproj", "");
        _temp.Write("artifacts/notes.txt", "");
        _temp.Folder(application);

        Assert.Equal(expected.Split(' ').Select(e => _temp[e]), ApplicationDirectories.Of(_temp.Path + Path.DirectorySeparatorChar + application));
    }

    [Fact]
    public void Nowhere_is_no_directory() => Assert.Empty(ApplicationDirectories.Of(""));
}
