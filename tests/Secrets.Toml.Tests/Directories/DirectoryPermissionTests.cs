using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Directories;

/// <summary>Who may read and write the files and folders.</summary>
public sealed class DirectoryPermissionTests : MountedDirectory
{
    [Fact]
    public void A_file_without_permission_is_an_unreadable_secret()
    {
        Temp.Write("secrets/a", "x");
        string file = Temp.Write("secrets/b/c", "x");
        MakeReadable();
        Build().Dispose();

        using SecretsStore secrets = Unix.Forbidden(file, () => Build());

        AssertUnreadable(secrets, "b", SecretsErrorCode.AccessDenied, "this process has no permission; let its user read the file.");
        Assert.Equal("x", secrets.GetString("a"));
    }

    [Fact]
    public void A_folder_without_permission_is_an_unreadable_secret()
    {
        Temp.Write("secrets/a", "x");
        Temp.Write("secrets/b/c", "x");
        Temp.Write("secrets/b/d", "x");
        MakeReadable();
        Build().Dispose();

        using SecretsStore secrets = Unix.Forbidden(At("b"), () => Build());

        AssertUnreadable(secrets, "b", SecretsErrorCode.AccessDenied, "this process has no permission; let its user list the folder.");
        AssertUnreadable(secrets, "b.c", SecretsErrorCode.AccessDenied, "this process has no permission; let its user list the folder.");
        Assert.Equal("x", secrets.GetString("a"));
    }

    [Theory]
    [InlineData("secrets")]
    [InlineData("secrets/folder")]
    public void A_directory_without_permission_is_denied_and_not_missing(string forbidden)
    {
        Temp.Write("secrets/folder/deeper/a", "x");
        MakeReadable();
        SecretsBuilder Chain() => new SecretsBuilder().AddDirectory(Temp["secrets/folder"]).AddInMemory(new Dictionary<string, object?> { ["a"] = "lower" });
        Chain().Build().Dispose();

        SecretsSourceException e = Unix.Forbidden(Temp[forbidden], () => Assert.Throws<SecretsSourceException>(() => Chain().Build()));

        Assert.Equal((SecretsErrorCode.AccessDenied, "directory"), (e.Code, e.SourceName));
        Assert.Equal(At("folder") + " cannot be read: this process has no permission. Let its user list the directory.", e.Message);
    }

    [Theory]
    [InlineData("444", false)]
    [InlineData("644", false)]
    [InlineData("660", true)]
    [InlineData("602", true)]
    public void A_file_that_others_can_write_is_a_warning(string mode, bool isWarning)
    {
        Temp.Write("secrets/a", "x");
        Unix.SetMode(At("a"), Mode(mode));

        using SecretsStore secrets = Build();

        Assert.Equal("x", secrets.GetString("a"));
        Assert.Equal(
            isWarning ? [$"{At("a")} can be written by other users of this machine; take that from them: chmod go-w {At("a")}"] : [],
            secrets.Warnings.Select(w => w.Message));
    }

    [Theory]
    [InlineData("755", false)]
    [InlineData("1777", true)]
    [InlineData("777", true)]
    public void A_folder_that_everybody_can_write_to_is_a_warning(string mode, bool isWarning)
    {
        Temp.Write("secrets/folder/a", "x");
        Temp.Write("secrets/folder/b", "x");
        Unix.SetMode(At("folder"), Mode(mode));

        using SecretsStore secrets = Build();

        Assert.Equal(
            isWarning ? [At("folder") + " is a directory that every user of this machine can write to, and so add secrets to it."] : [],
            secrets.Warnings.Select(w => w.Message));
    }

    [Theory]
    [InlineData("1777", false)]
    [InlineData("777", true)]
    public void A_volume_that_everybody_can_write_to_is_a_warning_unless_its_link_cannot_be_replaced(string mode, bool isWarning)
    {
        Volume().Publish(("a", "x"));
        Unix.SetMode(Root, Mode(mode));

        using SecretsStore secrets = Build();

        Assert.Equal(isWarning ? 1 : 0, secrets.Warnings.Count);
    }
}
