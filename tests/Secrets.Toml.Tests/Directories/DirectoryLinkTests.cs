using System.Net.Sockets;
using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Directories;

/// <summary>Links, and what is no regular file: nothing outside of the directory is read.</summary>
public sealed class DirectoryLinkTests : MountedDirectory
{
    [Fact]
    public async Task What_is_no_regular_file_is_unreadable_and_nothing_waits_for_it()
    {
        Unix.MakePipe(At("pipe"));
        Temp.Write("secrets/folder/a", "x");
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
            Temp.Write("secrets/" + name, "x");
        }

        using SecretsStore secrets = await Task.Run(() => Build(opening: file =>
        {
            File.Delete(file);
            switch (Path.GetFileName(file))
            {
                case "folder":
                    Temp.Folder("secrets/folder");
                    break;
                case "link":
                    Unix.Link(file, Temp.Write("outside", "y"));
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
        Temp.Write("outside/c", "stolen");
        Temp.Write("secrets/a", "x");
        Temp.Write("secrets/b/c", "x");

        using SecretsStore secrets = Build(opening: file =>
        {
            if (file.EndsWith(moment, StringComparison.Ordinal))
            {
                Directory.Delete(At("b"), recursive: true);
                Unix.Link(At("b"), "../outside");
            }
        });

        AssertUnreadable(secrets, "b", SecretsErrorCode.InvalidConfiguration, why.Replace("{root}", Root));
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
        Temp.Write("outside/file", "stolen");
        Temp.Write("secrets2/file", "stolen");
        Temp.Write("secrets/folder/file", "x");
        Temp.Write("secrets/folder/other", "x");
        Unix.Link(At("out"), "../outside");
        target = target.Replace("{outside}", Temp["outside"]).Replace("{root}", Root);
        Unix.Link(At("link"), target);
        Unix.Link(At("folder/link"), target is ['/', ..] ? target : "../" + target);

        using SecretsStore secrets = Build();

        foreach (string path in new[] { "link", "folder.link", "out" })
        {
            AssertUnreadable(secrets, path, SecretsErrorCode.InvalidConfiguration, $"it is a link to a place that is not inside {Root}; put the file itself there.");
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
        Temp.Write("secrets/file", "f");
        Temp.Write("secrets/.hidden/file", "h");
        Temp.Write("secrets/folder/one", "1");
        Temp.Write("secrets/folder/two", "2");
        Temp.Write("secrets/alone/key", "a");
        Unix.Link(At("second"), "file");
        Unix.Link(Temp["link-to-root"], "secrets");
        Unix.Link(At("link"), target.Replace("{root}", Root));
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
        Temp.Write("outside/file", "stolen");
        Temp.Write("secrets/database/file", "x");
        Unix.Link(At("database/..data"), Temp["outside"]);

        using (SecretsStore secrets = Build())
        {
            AssertUnreadable(secrets, "database", SecretsErrorCode.InvalidConfiguration, $"{At("database/..data")} leads to a place that is not inside {Root}.");
        }

        Unix.Link(At("..data"), "../outside");

        Assert.Equal(SecretsErrorCode.InvalidConfiguration, Assert.Throws<SecretsSourceException>(() => Build()).Code);
    }

    [Fact]
    public void A_link_that_leads_to_nothing_is_absent_and_a_warning()
    {
        Unix.Link(At("a"), "absent");
        Unix.Link(At("b"), Root + "/absent/absent");
        Temp.Write("secrets/c/d", "x");
        Unix.Link(At("c/e"), "absent");

        using SecretsStore secrets = Build();

        Assert.Equal(["c"], secrets.Keys);
        Assert.Equal("x", secrets.GetString("c.d"));
        Assert.Equal(new[] { "a", "b", "c/e" }.Select(f => At(f) + " is a link that leads to nothing."), secrets.Warnings.Select(w => w.Message));
    }

    [Fact]
    public void A_volume_whose_link_leads_to_nothing_is_a_failure_and_not_absent()
    {
        Temp.Write("secrets/volume/file", "x");
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
        Temp.Write("secrets/volume/file", "x");
        Unix.Link(At("volume/..data"), "..data");
        Temp.Write("secrets/other", "o");

        using SecretsStore secrets = Build();

        foreach (string name in new[] { "a", "b", "self" })
        {
            AssertUnreadable(secrets, name, SecretsErrorCode.InvalidConfiguration, $"the links of {At(name)} lead in a circle.");
        }

        AssertUnreadable(secrets, "volume", SecretsErrorCode.InvalidConfiguration, $"the links of {At("volume/..data")} lead in a circle.");
        Assert.Equal("o", secrets.GetString("other"));
    }

    [Fact]
    public void A_root_that_is_a_circle_of_links_is_a_mistake_of_the_chain()
    {
        Unix.Link(Temp["a"], "b");
        Unix.Link(Temp["b"], "a");

        SecretsSourceException e = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddDirectory(Temp["a"]).Build());

        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "directory"), (e.Code, e.SourceName));
    }
}
