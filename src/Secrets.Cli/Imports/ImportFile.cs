using Secrets.DotEnv;
using Secrets.Toml;

namespace Secrets.Cli.Imports;

/// <summary>A file of another kind, read as a source of its own.</summary>
internal static class ImportFile
{
    public static string[] Formats { get; } = ["dotenv", "json", "toml"];

    /// <summary>Opens a file by its format or, where none is given, by its name.</summary>
    public static async Task<SecretsStore> OpenAsync(Surroundings surroundings, string file, string? format, CancellationToken cancellationToken)
    {
        if (!File.Exists(surroundings.FullPath(file)))
        {
            throw CommandException.WrongUse($"{file} does not exist.");
        }

        var builder = new SecretsBuilder();
        switch (format ?? FormatOf(Path.GetFileName(file)))
        {
            case "dotenv":
                builder.AddDotEnv(new DotEnvOptions { Files = [file], ProjectDirectory = surroundings.Directory });
                break;
            case "json":
                builder.Add(new JsonFileSource(surroundings.FullPath(file), file));
                break;
            case "toml":
                builder.AddToml(new TomlOptions { Files = [file], ProjectDirectory = surroundings.Directory, HomeDirectory = surroundings.Home, ExportToEnvironment = false });
                break;
            default:
                throw CommandException.WrongUse($"The name of {file} does not say what it is; add --format {string.Join(" or --format ", Formats)}.");
        }

        return await builder.BuildAsync(cancellationToken);
    }

    private static string? FormatOf(string name) => Path.GetExtension(name) switch
    {
        _ when name.StartsWith(".env", StringComparison.Ordinal) || name.EndsWith(".env", StringComparison.Ordinal) => "dotenv",
        ".json" => "json",
        ".toml" => "toml",
        _ => null,
    };
}
