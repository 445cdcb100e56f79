using System.IO.Pipes;
using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Files;

/// <summary>A pipe gives its content once, and the store goes on with it.</summary>
public sealed class PipeContentsTests : IDisposable
{
    private readonly Workspace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task What_came_through_a_pipe_stays()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /proc/self/fd");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        using (var writer = new AnonymousPipeClientStream(PipeDirection.Out, pipe.GetClientHandleAsString()))
        {
            writer.Write("a = \"1\"\n"u8);
        }

        var clock = new ManualTimeProvider();
        SecretsBuilder builder = _here.Builder().AddToml(_here.With(o => o.Files = [$"/proc/self/fd/{pipe.SafePipeHandle.DangerousGetHandle()}"])).Watch();
        builder.TimeProvider = clock;
        await using SecretsStore secrets = builder.Build();
        await clock.AdvanceAsync(TimeSpan.FromSeconds(15), secrets);
        await secrets.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal("1", secrets.GetString("a"));
    }

    [Fact]
    public async Task A_named_pipe_is_opened_once()
    {
        string path = Path.Combine(_here.Project, "pipe.toml");
        Unix.MakePipe(path);
        Task writing = Task.Run(async () =>
        {
            await using var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            await writer.WriteAsync("a = \"1\"\n"u8.ToArray());
        });
        await using (SecretsStore secrets = await Task.Run(() => _here.Builder().AddToml(_here.With(o => o.Files = ["pipe.toml"])).Watch().Build()))
        {
            await secrets.RefreshAsync(TestContext.Current.CancellationToken);
            Assert.Equal("1", secrets.GetString("a"));
        }

        await writing;
    }
}
