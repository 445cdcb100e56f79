using Secrets.DotEnv;
using Secrets.Toml;

namespace Secrets.Cli.Chains;

/// <summary>What <c>--from</c> and <c>diff</c> take: a kind of source, and where it is.</summary>
internal static class SourceSpec
{
    public const string Help = "toml:FILE, dotenv:FILE, env:PREFIX, directory:PATH, aws:SECRET, aws-parameters:/PREFIX/, azure:VAULT, vault:MOUNT/PATH/, vault:https://HOST:8200/MOUNT/PATH/ or gcp:PROJECT";

    /// <summary>Gives the file that a source reads, or <see langword="null"/> where it is no file.</summary>
    public static string? FileOf(string text, Surroundings surroundings) => text.Split(':', 2) is ["toml" or "dotenv", { Length: > 0 } file] ? surroundings.FullPath(file) : null;

    /// <summary>Adds a source to a chain. Only a method of its own touches a vendor's package, so that nobody else loads it.</summary>
    public static void Add(SecretsBuilder builder, string text, Surroundings surroundings)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? text : text[..colon];
        string place = colon < 0 ? "" : text[(colon + 1)..];
        if (place.Length == 0 && kind is not "env")
        {
            throw NoPlace(kind, isFile: colon < 0 && File.Exists(surroundings.FullPath(text)));
        }

        switch (kind)
        {
            case "toml":
                builder.AddToml(new TomlOptions { Files = [place], ProjectDirectory = surroundings.Directory, HomeDirectory = surroundings.Home, ExportToEnvironment = false });
                break;
            case "dotenv":
                builder.AddDotEnv(new DotEnvOptions { Files = [place], ProjectDirectory = surroundings.Directory });
                break;
            case "env":
                builder.AddEnvironment(place.Length > 0 ? place : null, o => o.Variables = surroundings.Variables);
                break;
            case "directory":
                builder.AddDirectory(surroundings.FullPath(place));
                break;
            case "aws":
                RemoteSources.AddAws(builder, place);
                break;
            case "aws-parameters":
                RemoteSources.AddAwsParameters(builder, place);
                break;
            case "azure":
                RemoteSources.AddAzure(builder, place);
                break;
            case "vault":
                RemoteSources.AddVault(builder, place);
                break;
            case "gcp":
                RemoteSources.AddGoogle(builder, place);
                break;
            default:
                throw CommandException.WrongUse($"This kind of source is not known. A source, as --from and diff take it, is one of {Help}.");
        }
    }

    private static CommandException NoPlace(string text, bool isFile) => CommandException.WrongUse(isFile
        ? $"{text} is a file; write {(text.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) ? "toml" : "dotenv")}:{text}."
        : $"{text} does not say where to read. A source, as --from and diff take it, is one of {Help}.");
}
