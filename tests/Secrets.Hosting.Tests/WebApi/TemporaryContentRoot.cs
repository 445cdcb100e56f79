namespace Secrets.Hosting.Tests.WebApi;

/// <summary>A content root with a file of secrets. It goes when the test ends.</summary>
internal sealed class TemporaryContentRoot : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("secrets-webapi-");

    public string Path => _folder.FullName;

    public Task WriteAsync(string greeting) => File.WriteAllTextAsync(
        System.IO.Path.Combine(_folder.CreateSubdirectory(".secrets").FullName, "secrets.toml"), $"[site]\ngreeting = \"{greeting}\"\napi_key = \"k\"\n", Hosts.Token);

    public void Dispose() => _folder.Delete(recursive: true);
}
