using Secrets.Files;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Files;

public sealed class ForeignAccessTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("600", false, false)]
    [InlineData("400", false, false)]
    [InlineData("640", true, false)]
    [InlineData("444", true, false)]
    [InlineData("620", true, true)]
    [InlineData("602", true, true)]
    [InlineData("666", true, true)]
    [InlineData("711", false, false)]
    public void Others_that_read_or_write_a_file_are_a_warning(string mode, bool isOpen, bool isWritable)
    {
        string file = _temp.Write("a", "x");
        using FileStream stream = File.OpenRead(file);
        Unix.SetMode(file, Mode(mode));
        List<string> open = [];
        List<string> writable = [];

        ForeignAccess.WarnIfOpen(stream, "name", open);
        ForeignAccess.WarnIfWritable(stream, "name", writable);

        Assert.Equal(isOpen ? ["name is open to other users of this machine; make it yours alone: chmod 600 name"] : [], open);
        Assert.Equal(isWritable ? ["name can be written by other users of this machine; take that from them: chmod go-w name"] : [], writable);
    }

    [Theory]
    [InlineData("700", false, false)]
    [InlineData("775", false, false)]
    [InlineData("702", true, false)]
    [InlineData("777", true, false)]
    [InlineData("1777", true, true)]
    [InlineData("1700", false, true)]
    public void A_folder_may_be_everybody_s(string mode, bool isWritable, bool isSticky)
    {
        string folder = _temp.Folder("a");
        Unix.SetMode(folder, Mode(mode));

        Assert.Equal((isWritable, isSticky), (ForeignAccess.IsWritableByAll(folder), ForeignAccess.IsSticky(folder)));
    }

    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}
