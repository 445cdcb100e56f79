using Secrets.EnvironmentVariables;
using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests;

/// <summary>A home, a project and an environment of one test; nothing of the machine's own is read or written.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly TempDirectory _temp = new();

    public Workspace()
    {
        Home = _temp.Folder("home");
        Project = _temp.Folder("home/project");
        Ledger = new EnvironmentLedger(Environment);
    }

    public string Root => _temp.Path;

    public string Home { get; }

    public string Project { get; }

    /// <summary>Gets the place of the project's file, as messages call it.</summary>
    public static string ProjectFile { get; } = Path.Combine(".secrets", "secrets.toml");

    /// <summary>Gets the place of the global file, as messages call it.</summary>
    public string HomeFile => Path.Combine(Home, ".secrets", "secrets.toml");

    public FakeEnvironment Environment { get; } = new();

    public EnvironmentLedger Ledger { get; }

    public string WriteProject(string toml) => _temp.Write("home/project/.secrets/secrets.toml", toml);

    public string WriteHome(string toml) => _temp.Write("home/.secrets/secrets.toml", toml);

    public string Write(string relative, string toml) => _temp.Write(relative, toml);

    public string Write(string relative, byte[] content) => _temp.Write(relative, content);

    public string Folder(string relative) => _temp.Folder(relative);

    /// <summary>Keeps options inside this workspace; used as an argument of <c>AddToml</c>.</summary>
    public void Here(TomlOptions options)
    {
        options.CurrentDirectory = () => Project;
        options.HomeDirectory = Home;
        options.ApplicationDirectory = "";
        options.Variable = Environment.Get;
    }

    public Action<TomlOptions> With(Action<TomlOptions> configure) => options =>
    {
        Here(options);
        configure(options);
    };

    public SecretsBuilder Builder() => new() { Ledger = Ledger };

    /// <summary>Gives a chain of the TOML source and the environment.</summary>
    public SecretsBuilder Chain() => Builder().AddToml(Here).AddEnvironment();

    public SecretsStore Build() => Chain().Build();

    public void Dispose() => _temp.Dispose();
}
