using System.Net.Sockets;
using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Directories;

public sealed class DirectoryReaderTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly string _root;

    public DirectoryReaderTests() => _root = _temp.Folder("secrets");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_Kubernetes_volume_is_read_from_the_folder_that_its_link_leads_to()
    {
        KubernetesVolume volume = Volume();
        volume.Publish(("user", "u"), ("tls.crt", "c"));
        _temp.Write("secrets/beside", "not the kubelet's");

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
        _temp.Write("secrets/flat", "f");

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
        Assert.Equal(_root + " was replaced each of the 10 times that it was read.", e.Message);
        Assert.Equal(20, opened);
    }

    [Fact]
    public void A_volume_below_that_is_replaced_each_time_is_unreadable_and_the_rest_loads()
    {
        KubernetesVolume volume = Volume("database");
        volume.Publish(("a", "x"), ("b", "x"));
        _temp.Write("secrets/other", "o");

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
        _temp.Write("secrets/old", "old");
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
        _temp.Write("generations/1/a", "old");
        _temp.Write("generations/1/b", "old");
        _temp.Write("generations/2/a", "new");
        _temp.Write("generations/2/b", "new");
        Unix.Link(_temp["current"], "generations/1");
        int opened = 0;

        using SecretsStore secrets = new SecretsBuilder().AddDirectory(_temp["current"], o => o.Opening = _ =>
        {
            if (++opened == 2)
            {
                Unix.Link(_temp["next"], "generations/2");
                Unix.Rename(_temp["next"], _temp["current"]);
                Directory.Delete(_temp["generations/1"], recursive: true);
            }
        }).Build();

        Assert.Equal("new new", $"{secrets.GetString("a")} {secrets.GetString("b")}");
        Assert.Equal(_temp["current/a"], secrets["a"].Origin.Location);
        Assert.Null(secrets["a"].Origin.Version);
    }

    [Fact]
    public void A_file_and_a_folder_that_vanish_while_they_are_read_are_absent()
    {
        _temp.Write("secrets/a", "a");
        _temp.Write("secrets/b", "b");
        _temp.Write("secrets/c/d", "d");

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

    [Fact]
    public void Names_with_a_leading_dot_are_skipped()
    {
        _temp.Write("secrets/.hidden", "x");
        _temp.Write("secrets/..also", "x");
        _temp.Write("secrets/.folder/key", "x");
        _temp.Write("secrets/..data/key", "a folder, not a link");
        _temp.Write("secrets/database/.hidden", "x");
        _temp.Write("secrets/database/password", "p");
        _temp.Write("secrets/nothing/.hidden", "x");

        using SecretsStore secrets = Build();

        Assert.Equal(["database"], secrets.Keys);
        Assert.Equal("p", secrets.GetString("database"));
        Assert.Empty(secrets.Warnings);
    }

    [Fact]
    public void A_folder_in_a_folder_is_not_read_and_its_neighbour_is_not_alone()
    {
        _temp.Write("secrets/database/password", "p");
        _temp.Write("secrets/database/deeper/key", "k");
        _temp.Write("secrets/other/deeper/key", "k");

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
        _temp.Write("secrets/" + name, "x");
        _temp.Write("secrets/folder/" + name, "y");
        _temp.Write("secrets/folder/2", "z");

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
        _temp.Write("secrets/" + name, "x");

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
        _temp.Write("secrets/plain", content);
        _temp.Write("secrets/marked", [.. encoder.GetPreamble(), .. content]);
        _temp.Write("secrets/key", [0xFF, 0xFE, 0x1B, 0x8E]);

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
        _temp.Write("secrets/" + name, "x");

        using SecretsStore secrets = Build();

        Assert.Equal("x", secrets[name].Reveal());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void A_file_may_be_as_large_as_MaxSize(int size)
    {
        _temp.Write("secrets/a", new string('x', size));
        _temp.Write("secrets/b", new string('x', 101));
        _temp.Write("secrets/c/d", new string('x', 101));

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
            _temp.Write("secrets/" + file, "x");
        }

        if (isEnough)
        {
            Build(o => o.MaxFiles = maxFiles).Dispose();
            return;
        }

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Build(o => o.MaxFiles = maxFiles));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "directory"), (e.Code, e.SourceName));
        Assert.StartsWith($"{_root} has more than the 4 files and folders that MaxFiles allows", e.Message);
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
    public async Task What_is_no_regular_file_is_unreadable_and_nothing_waits_for_it()
    {
        Unix.MakePipe(At("pipe"));
        _temp.Write("secrets/folder/a", "x");
        Unix.MakePipe(At("folder/pipe"));
        Unix.Link(At("link"), "pipe");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(At("socket")));

        using SecretsStore secrets = await Task.Run(() => Build()).WaitAsync(TimeSpan.FromSeconds(20));

        foreach (string path in new[] { "pipe", "link", "socket", "folder.pipe" })
        {
            AssertUnreadable(secrets, path, SecretsErrorCode.InvalidConfiguration, "it is not a regular file; no other is read.");
        }

        Assert.Equal("x", secrets.GetString("folder.a"));
    }

    [Fact]
    public void A_device_is_unreadable()
    {
        Unix.MakeNullDevice(At("device"));

        using SecretsStore secrets = Build();

        AssertUnreadable(secrets, "device", SecretsErrorCode.InvalidConfiguration, "it is not a regular file; no other is read.");
    }

    [Fact]
    public async Task What_takes_a_file_s_place_after_it_was_listed_is_not_read()
    {
        foreach (string name in new[] { "folder", "link", "pipe" })
        {
            _temp.Write("secrets/" + name, "x");
        }

        using SecretsStore secrets = await Task.Run(() => Build(opening: file =>
        {
            File.Delete(file);
            switch (Path.GetFileName(file))
            {
                case "folder":
                    _temp.Folder("secrets/folder");
                    break;
                case "link":
                    Unix.Link(file, _temp.Write("outside", "y"));
                    break;
                default:
                    Unix.MakePipe(file);
                    break;
            }
        })).WaitAsync(TimeSpan.FromSeconds(20));

        AssertUnreadable(secrets, "folder", SecretsErrorCode.AccessDenied, ".");
        AssertUnreadable(secrets, "link", SecretsErrorCode.Unavailable, ".");
        AssertUnreadable(secrets, "pipe", SecretsErrorCode.InvalidConfiguration, "it is not a regular file; no other is read.");
    }

    [Theory]
    [InlineData("a", "it is a link to a place that is not inside {root}; put the file itself there.")]
    [InlineData("b/c", "{root}/b leads to a place that is not inside {root}.")]
    public void A_link_that_takes_a_folder_s_place_after_it_was_listed_does_not_lead_out(string moment, string why)
    {
        _temp.Write("outside/c", "stolen");
        _temp.Write("secrets/a", "x");
        _temp.Write("secrets/b/c", "x");

        using SecretsStore secrets = Build(opening: file =>
        {
            if (file.EndsWith(moment, StringComparison.Ordinal))
            {
                Directory.Delete(At("b"), recursive: true);
                Unix.Link(At("b"), "../outside");
            }
        });

        AssertUnreadable(secrets, "b", SecretsErrorCode.InvalidConfiguration, why.Replace("{root}", _root));
    }

    [Theory]
    [InlineData("{outside}/file")]
    [InlineData("../outside/file")]
    [InlineData("folder/../../outside/file")]
    [InlineData("{outside}")]
    [InlineData("../outside")]
    [InlineData("{outside}/absent")]
    [InlineData("out/file")]
    [InlineData("../secrets2/file")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("{root}")]
    public void A_link_that_leads_out_is_unreadable(string target)
    {
        _temp.Write("outside/file", "stolen");
        _temp.Write("secrets2/file", "stolen");
        _temp.Write("secrets/folder/file", "x");
        _temp.Write("secrets/folder/other", "x");
        Unix.Link(At("out"), "../outside");
        target = target.Replace("{outside}", _temp["outside"]).Replace("{root}", _root);
        Unix.Link(At("link"), target);
        Unix.Link(At("folder/link"), target is ['/', ..] ? target : "../" + target);

        using SecretsStore secrets = Build();

        foreach (string path in new[] { "link", "folder.link", "out" })
        {
            AssertUnreadable(secrets, path, SecretsErrorCode.InvalidConfiguration, $"it is a link to a place that is not inside {_root}; put the file itself there.");
        }

        Assert.Equal("x", secrets.GetString("folder.file"));
    }

    [Theory]
    [InlineData("file", "f")]
    [InlineData("./file", "f")]
    [InlineData("{root}/file", "f")]
    [InlineData("folder/one", "1")]
    [InlineData("../secrets/file", "f")]
    [InlineData("../link-to-root/file", "f")]
    [InlineData(".hidden/file", "h")]
    [InlineData("second", "f")]
    [InlineData("alone", "a")]
    public void A_link_that_stays_inside_is_what_it_leads_to(string target, string value)
    {
        _temp.Write("secrets/file", "f");
        _temp.Write("secrets/.hidden/file", "h");
        _temp.Write("secrets/folder/one", "1");
        _temp.Write("secrets/folder/two", "2");
        _temp.Write("secrets/alone/key", "a");
        Unix.Link(At("second"), "file");
        Unix.Link(_temp["link-to-root"], "secrets");
        Unix.Link(At("link"), target.Replace("{root}", _root));
        Unix.Link(At("section"), "folder");

        using SecretsStore secrets = Build();

        Assert.Equal(value, secrets.GetString("link"));
        Assert.Equal(target == "alone" ? At("link/key") : At("link"), secrets["link"].Origin.Location);
        Assert.Equal("2", secrets.GetString("section.two"));
        Assert.Equal(At("section/two"), secrets["section"]["two"].Origin.Location);
    }

    [Fact]
    public void A_volume_whose_link_leads_out_is_not_read()
    {
        _temp.Write("outside/file", "stolen");
        _temp.Write("secrets/database/file", "x");
        Unix.Link(At("database/..data"), _temp["outside"]);

        using (SecretsStore secrets = Build())
        {
            AssertUnreadable(secrets, "database", SecretsErrorCode.InvalidConfiguration, $"{At("database/..data")} leads to a place that is not inside {_root}.");
        }

        Unix.Link(At("..data"), "../outside");

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => Build()).Code);
    }

    [Fact]
    public void A_link_that_leads_to_nothing_is_absent_and_a_warning()
    {
        Unix.Link(At("a"), "absent");
        Unix.Link(At("b"), _root + "/absent/absent");
        _temp.Write("secrets/c/d", "x");
        Unix.Link(At("c/e"), "absent");

        using SecretsStore secrets = Build();

        Assert.Equal(["c"], secrets.Keys);
        Assert.Equal("x", secrets.GetString("c.d"));
        Assert.Equal(new[] { "a", "b", "c/e" }.Select(f => At(f) + " is a link that leads to nothing."), secrets.Warnings.Select(w => w.Message));
    }

    [Fact]
    public void A_volume_whose_link_leads_to_nothing_is_a_failure_and_not_absent()
    {
        _temp.Write("secrets/volume/file", "x");
        Unix.Link(At("volume/..data"), "..absent");

        using (SecretsStore secrets = Build())
        {
            AssertUnreadable(secrets, "volume", SecretsErrorCode.Unavailable, At("volume/..data") + " leads to nothing.");
        }

        Unix.Link(At("..data"), "..absent");
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => Build());

        Assert.Equal((SecretsErrorCode.Unavailable, At("..data") + " leads to nothing."), (e.Code, e.Message));
    }

    [Fact]
    public void A_circle_of_links_is_unreadable()
    {
        Unix.Link(At("a"), "b");
        Unix.Link(At("b"), "a");
        Unix.Link(At("self"), "self");
        _temp.Write("secrets/volume/file", "x");
        Unix.Link(At("volume/..data"), "..data");
        _temp.Write("secrets/other", "o");

        using SecretsStore secrets = Build();

        foreach (string name in new[] { "a", "b", "self" })
        {
            AssertUnreadable(secrets, name, SecretsErrorCode.InvalidConfiguration, $"the links of {At(name)} lead in a circle.");
        }

        AssertUnreadable(secrets, "volume", SecretsErrorCode.InvalidConfiguration, $"the links of {At("volume/..data")} lead in a circle.");
        Assert.Equal("o", secrets.GetString("other"));
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
    public void A_root_that_is_a_circle_of_links_is_a_mistake_of_the_chain()
    {
        Unix.Link(_temp["a"], "b");
        Unix.Link(_temp["b"], "a");

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddDirectory(_temp["a"]).Build());

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "directory"), (e.Code, e.SourceName));
    }

    [Fact]
    public void A_file_without_permission_is_an_unreadable_secret()
    {
        _temp.Write("secrets/a", "x");
        string file = _temp.Write("secrets/b/c", "x");
        MakeReadable();
        Build().Dispose();

        using SecretsStore secrets = Unix.Forbidden(file, () => Build());

        AssertUnreadable(secrets, "b", SecretsErrorCode.AccessDenied, "this process has no permission; let its user read the file.");
        Assert.Equal("x", secrets.GetString("a"));
    }

    [Fact]
    public void A_folder_without_permission_is_an_unreadable_secret()
    {
        _temp.Write("secrets/a", "x");
        _temp.Write("secrets/b/c", "x");
        _temp.Write("secrets/b/d", "x");
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
        _temp.Write("secrets/folder/deeper/a", "x");
        MakeReadable();
        SecretsBuilder Chain() => new SecretsBuilder().AddDirectory(_temp["secrets/folder"]).AddInMemory(new Dictionary<string, object?> { ["a"] = "lower" });
        Chain().Build().Dispose();

        SecretsSourceException e = Unix.Forbidden(_temp[forbidden], () => Assert.Throws<SecretsSourceException>(() => Chain().Build()));

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
        _temp.Write("secrets/a", "x");
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
        _temp.Write("secrets/folder/a", "x");
        _temp.Write("secrets/folder/b", "x");
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
        Unix.SetMode(_root, Mode(mode));

        using SecretsStore secrets = Build();

        Assert.Equal(isWarning ? 1 : 0, secrets.Warnings.Count);
    }

    [Fact]
    public void A_TOML_file_is_one_secret_and_a_warning()
    {
        _temp.Write("secrets/secrets.toml", "a = 1");

        using SecretsStore secrets = Build();

        Assert.Equal("a = 1", secrets["secrets.toml"].Reveal());
        Assert.StartsWith(At("secrets.toml") + " is one secret, as every file of a directory is", Assert.Single(secrets.Warnings).Message);
    }

    private KubernetesVolume Volume(string folder = "") => new(_temp, folder.Length == 0 ? "secrets" : "secrets/" + folder);

    private string At(string relative) => _temp["secrets/" + relative];

    private SecretsStore Build(Action<DirectoryOptions>? configure = null, Action<string>? opening = null) => new SecretsBuilder()
        .AddDirectory(_root, o =>
        {
            o.Opening = opening ?? o.Opening;
            configure?.Invoke(o);
        })
        .Build();

    /// <summary>Lets everybody read what is there, so that a test takes that from one place alone.</summary>
    private void MakeReadable()
    {
        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (string place in Directory.GetFileSystemEntries(_root, "*", SearchOption.AllDirectories).Append(_root))
        {
            Unix.SetMode(place, Directory.Exists(place) ? Read | Enter | UnixFileMode.UserWrite : Read);
        }
    }

    private static void AssertUnreadable(SecretsStore secrets, string path, SecretsErrorCode code, string why)
    {
        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => secrets.GetString(path));
        Assert.Equal((code, "directory"), (e.Code, e.SourceName));
        Assert.EndsWith(why, e.Message);
        Assert.Contains(" cannot be read: ", e.Message);
        Assert.Null(e.InnerException);
    }

    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
