using Secrets.Tests.Fakes;

namespace Secrets.DotEnv.Tests;

/// <summary>A home, a project and variables of one test; nothing of the machine's own is read or written.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly TempDirectory _temp = new();

    public Workspace()
    {
        Home = _temp.Folder("home");
        Project = _temp.Folder("home/project");
    }

    public string Root => _temp.Path;

    public string Home { get; }

    public string Project { get; }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes the project's <c>.env</c>.</summary>
    public string WriteEnv(string text) => Write("home/project/.env", text);

    public string Write(string relative, string text) => _temp.Write(relative, text);

    public string Write(string relative, byte[] content) => _temp.Write(relative, content);

    public string Folder(string relative) => _temp.Folder(relative);

    /// <summary>Keeps options inside this workspace; used as an argument of <c>AddDotEnv</c>.</summary>
    public void Here(DotEnvOptions options)
    {
        options.CurrentDirectory = () => Project;
        options.HomeDirectory = Home;
        options.Variable = Variables.GetValueOrDefault;
    }

    public Action<DotEnvOptions> With(Action<DotEnvOptions> configure) => options =>
    {
        Here(options);
        configure(options);
    };

    public SecretsBuilder Chain() => new SecretsBuilder().AddDotEnv(Here);

    public SecretsStore Build() => Chain().Build();

    public void Dispose() => _temp.Dispose();
}
