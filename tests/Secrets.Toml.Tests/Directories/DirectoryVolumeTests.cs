using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Directories;

/// <summary>Volumes of Kubernetes, also those that are replaced while they are read.</summary>
public sealed class DirectoryVolumeTests : MountedDirectory
{
    [Fact]
    public void A_Kubernetes_volume_is_read_from_the_folder_that_its_link_leads_to()
    {
        KubernetesVolume volume = Volume();
        volume.Publish(("user", "u"), ("tls.crt", "c"));
        Temp.Write("secrets/beside", "not the kubelet's");

        using SecretsStore secrets = Build();

        Assert.Equal(["tls.crt", "user"], secrets.Keys);
        Assert.Equal($"directory {At("user")} version {volume.Version}", secrets["user"].Origin.ToString());
        Assert.Empty(secrets.Warnings);
    }

    [Fact]
    public void Each_volume_below_a_directory_is_a_section_or_a_key()
    {
        KubernetesVolume database = Volume("database");
        database.Publish(("user", "u"), ("password", "p"));
        Volume("token").Publish(("value", "t"));
        Volume("optional").Publish();
        Temp.Write("secrets/flat", "f");

        using SecretsStore secrets = Build();

        Assert.Equal(["database", "flat", "token"], secrets.Keys);
        Assert.Equal("u p t f", $"{secrets.GetString("database.user")} {secrets.GetString("database.password")} {secrets.GetString("token")} {secrets.GetString("flat")}");
        Assert.Equal($"directory {At("database/user")} version {database.Version}", secrets["database"]["user"].Origin.ToString());
        Assert.Equal((At("database"), At("token/value")), (secrets["database"].Origin.Location, secrets["token"].Origin.Location));
        Assert.Null(secrets["flat"].Origin.Version);
    }

    [Fact]
    public void Keys_with_folders_of_one_volume_are_sections()
    {
        KubernetesVolume volume = Volume();
        volume.Publish(("database/user", "u"), ("database/password", "p"), ("flat", "f"));

        using SecretsStore secrets = Build();

        Assert.Equal("u p f", $"{secrets.GetString("database.user")} {secrets.GetString("database.password")} {secrets.GetString("flat")}");
        Assert.Equal($"directory {At("database/user")} version {volume.Version}", secrets["database"]["user"].Origin.ToString());
    }

    [Fact]
    public void Each_load_reads_what_is_published_then()
    {
        KubernetesVolume volume = Volume("database");
        volume.Publish(("user", "old"), ("password", "old"));
        using SecretsStore first = Build();
        volume.Publish(("user", "new"), ("host", "new"));
        using SecretsStore second = Build();

        Assert.Equal("old old", $"{first.GetString("database.user")} {first.GetString("database.password")}");
        Assert.Equal(["host", "user"], second.Section("database").Keys);
        Assert.Equal(("new", volume.Version), (second.GetString("database.user"), second["database"]["user"].Origin.Version));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("database", "database.")]
    public void A_volume_that_is_replaced_while_it_is_read_is_read_again(string folder, string prefix)
    {
        KubernetesVolume volume = Volume(folder);
        (string, string)[] old = [("0.toml", "gone"), ("a", "old"), ("b", "old"), ("c", "old")];
        (string, string)[] @new = [("a", "new"), ("added", "new"), ("b", "new"), ("c", "new")];
        foreach (int moment in Enumerable.Range(1, 4))
        {
            volume.Publish(old);
            int opened = 0;

            using SecretsStore secrets = Build(opening: _ =>
            {
                if (++opened == moment)
                {
                    volume.Publish(@new);
                }
            });

            Assert.Equal(8, opened);
            Assert.Equal(
                ["new", "new", "new", "new"], new[] { "a", "added", "b", "c" }.Select(k => secrets.GetString(prefix + k)));
            Assert.False(secrets.TryGetValue(prefix + "\"0.toml\"", out _));
            Assert.Equal(volume.Version, secrets[prefix + "a"].Origin.Version);
            Assert.Empty(secrets.Warnings);
        }
    }

    [Fact]
    public void A_volume_that_is_replaced_each_time_is_unavailable()
    {
        KubernetesVolume volume = Volume();
        volume.Publish(("a", "x"), ("b", "x"));
        int opened = 0;

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Build(opening: _ =>
        {
            opened++;
            volume.Publish(("a", "x"), ("b", "x"));
        }));

        Assert.Equal((SecretsErrorCode.Unavailable, "directory"), (e.Code, e.SourceName));
        Assert.Equal(Root + " was replaced each of the 10 times that it was read.", e.Message);
        Assert.Equal(20, opened);
    }

    [Fact]
    public void A_volume_below_that_is_replaced_each_time_is_unreadable_and_the_rest_loads()
    {
        KubernetesVolume volume = Volume("database");
        volume.Publish(("a", "x"), ("b", "x"));
        Temp.Write("secrets/other", "o");

        using SecretsStore secrets = Build(opening: file =>
        {
            if (!file.EndsWith("other", StringComparison.Ordinal))
            {
                volume.Publish(("a", "x"), ("b", "x"));
            }
        });

        AssertUnreadable(secrets, "database", SecretsErrorCode.Unavailable, "was replaced each of the 10 times that it was read.");
        Assert.Equal("o", secrets.GetString("other"));
    }

    [Fact]
    public void A_directory_that_becomes_a_volume_while_it_is_read_is_read_again()
    {
        Temp.Write("secrets/old", "old");
        KubernetesVolume volume = Volume();
        int opened = 0;

        using SecretsStore secrets = Build(opening: _ =>
        {
            if (++opened == 1)
            {
                volume.Publish(("new", "new"));
            }
        });

        Assert.Equal(["new"], secrets.Keys);
    }

    [Fact]
    public void A_root_that_is_a_link_may_be_moved_while_it_is_read()
    {
        Temp.Write("generations/1/a", "old");
        Temp.Write("generations/1/b", "old");
        Temp.Write("generations/2/a", "new");
        Temp.Write("generations/2/b", "new");
        Unix.Link(Temp["current"], "generations/1");
        int opened = 0;

        using SecretsStore secrets = new SecretsBuilder().AddDirectory(Temp["current"], o => o.Opening = _ =>
        {
            if (++opened == 2)
            {
                Unix.Link(Temp["next"], "generations/2");
                Unix.Rename(Temp["next"], Temp["current"]);
                Directory.Delete(Temp["generations/1"], recursive: true);
            }
        }).Build();

        Assert.Equal("new new", $"{secrets.GetString("a")} {secrets.GetString("b")}");
        Assert.Equal(Temp["current/a"], secrets["a"].Origin.Location);
        Assert.Null(secrets["a"].Origin.Version);
    }

    [Fact]
    public void A_file_and_a_folder_that_vanish_while_they_are_read_are_absent()
    {
        Temp.Write("secrets/a", "a");
        Temp.Write("secrets/b", "b");
        Temp.Write("secrets/c/d", "d");

        using SecretsStore secrets = Build(opening: file =>
        {
            if (file.EndsWith('a'))
            {
                File.Delete(At("b"));
                Directory.Delete(At("c"), recursive: true);
            }
        });

        Assert.Equal(["a"], secrets.Keys);
        Assert.Empty(secrets.Warnings);
    }
}
