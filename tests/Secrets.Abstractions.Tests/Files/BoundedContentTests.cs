using Secrets.Files;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Files;

public sealed class BoundedContentTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(600, 600)]
    [InlineData(200_000, 1_000_000)]
    public void All_is_read_that_is_allowed(int size, int maxSize)
    {
        byte[] content = [.. Enumerable.Range(0, size).Select(i => (byte)i)];

        Assert.Equal(content, BoundedContent.Read(new MemoryStream(content), maxSize));
        Assert.Equal(content, BoundedContent.Read(new GrowingFile(Open(content), growth: 0, isPipe: true), maxSize));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(601, 600)]
    [InlineData(200_000, 81920)]
    public void More_than_is_allowed_is_nothing(int size, int maxSize)
    {
        Assert.Null(BoundedContent.Read(new MemoryStream(new byte[size]), maxSize));
        Assert.Null(BoundedContent.Read(new GrowingFile(Open(new byte[size]), growth: 0, isPipe: true), maxSize));
    }

    [Fact]
    public void A_file_that_is_too_long_is_not_read_at_all()
    {
        using FileStream stream = Open(new byte[11]);

        Assert.Null(BoundedContent.Read(stream, 10));
        Assert.Equal(0, stream.Position);
    }

    [Fact]
    public void A_file_that_grows_without_end_while_it_is_read_is_read_to_the_limit()
    {
        using var growing = new GrowingFile(Open(new byte[10]), growth: 1000);

        Assert.Null(BoundedContent.Read(growing, 100_000));
        Assert.InRange(growing.Position, 100_001, 200_000);
    }

    [Fact]
    public void A_file_that_grows_a_little_while_it_is_read_is_read_whole()
    {
        using var growing = new GrowingFile(Open(new byte[10]), growth: 1000, times: 3);

        Assert.Equal(3010, BoundedContent.Read(growing, 100_000)!.Length);
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_ends_there()
    {
        using FileStream stream = Open(new byte[100_000]);
        using var shrinking = new GrowingFile(stream, growth: -50_000, times: 1);

        Assert.Equal(50_000, BoundedContent.Read(shrinking, 100_000)!.Length);
    }

    private FileStream Open(byte[] content) =>
        new(_temp.Write("a", content), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>A file that somebody writes before each read.</summary>
    private sealed class GrowingFile(FileStream file, int growth, int times = int.MaxValue, bool isPipe = false) : Stream
    {
        private int _times = times;

        public override bool CanRead => true;

        public override bool CanSeek => !isPipe;

        public override bool CanWrite => false;

        public override long Length => isPipe ? throw new NotSupportedException() : file.Length;

        public override long Position { get => file.Position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (growth != 0 && _times-- > 0)
            {
                using FileStream other = new(file.Name, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                other.SetLength(other.Length + growth);
            }

            return file.Read(buffer, offset, count);
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }
    }
}
