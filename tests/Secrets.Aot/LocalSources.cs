namespace Secrets.Aot;

/// <summary>The sources of a developer's machine.</summary>
internal static class LocalSources
{
    public static async Task TomlAndEnvironmentAsync()
    {
        string folder = Write(".secrets/secrets.toml", "db_username = 'jane'\nports = [1, 2]\n[database]\npassword = 'from-toml'\nport = 5433\nsince = 2026-01-31\n");
        Environment.SetEnvironmentVariable("TRELLO_API_KEY", "from-environment");
        await using SecretsStore secrets = await new SecretsBuilder().AddToml(o => o.ProjectDirectory = folder).AddEnvironment().BuildAsync();
        Expect.Equal("from-toml", secrets["database"]["password"].Reveal(), "indexer");
        Expect.Equal("from-environment", secrets.GetString("trello.api_key"), "environment variable");
        Expect.Equal(5433, secrets["database.port"].As<int>(), "typed value");
        Expect.Equal(5433, secrets.GetValue<int>("database.port"), "typed value by path");
        Expect.Equal(5432, secrets.GetValue("database.absent", 5432), "default of a typed value");
        Expect.Equal(new DateOnly(2026, 1, 31), secrets["database.since"].As<DateOnly>(), "date");
        Expect.Equal(true, secrets["ports"].Contains("2"), "array");
        Expect.Equal("***", $"{secrets["database"]["password"]}", "masked value");
        Expect.Equal("jane", Environment.GetEnvironmentVariable("db_username"), "export");
        Expect.Equal(true, secrets.Explain("database.password").ToString().Contains(".secrets/secrets.toml(4,1)", StringComparison.Ordinal), "explanation");
    }

    public static async Task DirectoryAsync()
    {
        string folder = Write("mounted/database/password", "from-file\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "mounted/database/user"), "shop");
        await using SecretsStore secrets = await new SecretsBuilder().AddDirectory(Path.Combine(folder, "mounted")).BuildAsync();
        Expect.Equal("from-file", secrets["database"]["password"].Reveal(), "mounted file");
    }

    public static async Task DotEnvAsync()
    {
        string folder = Write(".env", "DATABASE__PASSWORD=\"from dotenv\"\n");
        await using SecretsStore secrets = await new SecretsBuilder().AddDotEnv(Path.Combine(folder, ".env")).BuildAsync();
        Expect.Equal("from dotenv", secrets["database"]["password"].Reveal(), "variable of the file");
    }

    // Below the current directory, which the script creates and deletes.
    private static string Write(string file, string content)
    {
        string path = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return Directory.GetCurrentDirectory();
    }
}
