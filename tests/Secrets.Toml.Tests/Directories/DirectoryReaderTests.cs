using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Directories;

public sealed class DirectoryReaderTests : MountedDirectory
{
    [Fact]
    public void Names_with_a_leading_dot_are_skipped()
    {
        Temp.Write("secrets/.hidden", "x");
        Temp.Write("secrets/..also", "x");
        Temp.Write("secrets/.folder/key", "x");
        Temp.Write("secrets/..data/key", "a folder, not a link");
        Temp.Write("secrets/database/.hidden", "x");
        Temp.Write("secrets/database/password", "p");
        Temp.Write("secrets/nothing/.hidden", "x");

        using SecretsStore secrets = Build();

        Assert.Equal(["database"], secrets.Keys);
        Assert.Equal("p", secrets.GetString("database"));
        Assert.Empty(secrets.Warnings);
    }

    [Fact]
    public void A_folder_in_a_folder_is_not_read_and_its_neighbour_is_not_alone()
    {
        Temp.Write("secrets/database/password", "p");
        Temp.Write("secrets/database/deeper/key", "k");
        Temp.Write("secrets/other/deeper/key", "k");

        using SecretsStore secrets = Build();

        Assert.Equal("p", secrets.GetString("database.password"));
        Assert.Equal(["password"], secrets.Section("database").Keys);
        Assert.Equal(["database"], secrets.Keys);
        Assert.Equal(
            new[] { "database", "other" }.Select(f => $"{At(f + "/deeper")} is a folder in a folder, and is not read; one level of folders is."),
            secrets.Warnings.Select(w => w.Message));
    }

    [Theory]
    [InlineData("with spaces ")]
    [InlineData("tls.crt")]
    [InlineData("ключ-鍵-🔑")]
    [InlineData("-")]
    [InlineData("_")]
    [InlineData("'quotes'")]
    [InlineData("a=b;$(c)")]
    [InlineData("0")]
    public void A_name_is_a_key_as_it_is(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.EndsWith(' '), "Windows drops the space");
        Temp.Write("secrets/" + name, "x");
        Temp.Write("secrets/folder/" + name, "y");
        Temp.Write("secrets/folder/2", "z");

        using SecretsStore secrets = Build();

        Assert.Equal("x", secrets[name].Reveal());
        Assert.Equal("x", secrets.GetString(new SecretPath(name).ToString()));
        Assert.Equal("y", secrets["folder"][name].Reveal());
        Assert.Equal(At("folder/" + name), secrets["folder"][name].Origin.Location);
    }

    [Theory]
    [InlineData("back\\slash")]
    [InlineData("line\nbreak")]
    [InlineData("\"")]
    [InlineData("a\tb*?")]
    public void A_name_that_only_Unix_has_is_a_key_as_it_is(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");
        Temp.Write("secrets/" + name, "x");

        using SecretsStore secrets = Build();

        Assert.Equal("x", secrets[name].Reveal());
    }

    [Theory]
    [InlineData("utf-16", "UTF-16 (little-endian)")]
    [InlineData("utf-16BE", "UTF-16 (big-endian)")]
    [InlineData("utf-32", "UTF-32 (little-endian)")]
    public void Text_in_another_encoding_is_refused_with_and_without_a_mark(string encoding, string name)
    {
        var encoder = System.Text.Encoding.GetEncoding(encoding);
        byte[] content = encoder.GetBytes("hunter2\r\n");
        Temp.Write("secrets/plain", content);
        Temp.Write("secrets/marked", [.. encoder.GetPreamble(), .. content]);
        Temp.Write("secrets/key", [0xFF, 0xFE, 0x1B, 0x8E]);

        using SecretsStore secrets = Build();

        string why = $"this is {name}, and UTF-8 is expected; save it as UTF-8 (\">\" of Windows PowerShell writes UTF-16: use Set-Content -Encoding utf8).";
        AssertUnreadable(secrets, "plain", SecretsErrorCode.InvalidFormat, why);
        AssertUnreadable(secrets, "marked", SecretsErrorCode.InvalidFormat, why);
        Assert.Equal(SecretKind.Bytes, secrets["key"].Kind);
    }

    [Fact]
    public void A_name_may_be_as_long_as_the_system_lets_it_be()
    {
        string name = new('a', 255);
        Temp.Write("secrets/" + name, "x");

        using SecretsStore secrets = Build();

        Assert.Equal("x", secrets[name].Reveal());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void A_file_may_be_as_large_as_MaxSize(int size)
    {
        Temp.Write("secrets/a", new string('x', size));
        Temp.Write("secrets/b", new string('x', 101));
        Temp.Write("secrets/c/d", new string('x', 101));

        using SecretsStore secrets = Build(o => o.MaxSize = 100);

        Assert.Equal(size, secrets.GetString("a").Length);
        AssertUnreadable(secrets, "b", SecretsErrorCode.InvalidFormat, "the file is larger than the 100 bytes that MaxSize allows.");
        AssertUnreadable(secrets, "c", SecretsErrorCode.InvalidFormat, "the file is larger than the 100 bytes that MaxSize allows.");
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void There_may_be_as_many_files_and_folders_as_MaxFiles(int maxFiles, bool isEnough)
    {
        foreach (string file in new[] { "a", "b", "c/d", "c/e", ".hidden/f" })
        {
            Temp.Write("secrets/" + file, "x");
        }

        if (isEnough)
        {
            Build(o => o.MaxFiles = maxFiles).Dispose();
            return;
        }

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Build(o => o.MaxFiles = maxFiles));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "directory"), (e.Code, e.SourceName));
        Assert.StartsWith($"{Root} has more than the 4 files and folders that MaxFiles allows", e.Message);
    }

    [Fact]
    public void A_second_reading_counts_files_anew()
    {
        KubernetesVolume volume = Volume("database");
        volume.Publish(("a", "old"), ("b", "old"));
        int opened = 0;

        using SecretsStore secrets = Build(o => (o.MaxFiles, o.Opening) = (3, _ =>
        {
            if (++opened <= 2)
            {
                volume.Publish(("a", "new"), ("b", "new"));
            }
        }));

        Assert.Equal("new", secrets.GetString("database.b"));
    }

    [Fact]
    public void The_name_of_a_file_forges_no_line_of_a_message()
    {
        Unix.Link(At("a\nforged"), "a\nforged");

        using SecretsStore secrets = Build();

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => secrets["a\nforged"].Reveal());
        Assert.DoesNotContain('\n', e.Message);
        Assert.Contains("a\\nforged", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_TOML_file_is_one_secret_and_a_warning()
    {
        Temp.Write("secrets/secrets.toml", "a = 1");

        using SecretsStore secrets = Build();

        Assert.Equal("a = 1", secrets["secrets.toml"].Reveal());
        Assert.StartsWith(At("secrets.toml") + " is one secret, as every file of a directory is", Assert.Single(secrets.Warnings).Message);
    }
}
