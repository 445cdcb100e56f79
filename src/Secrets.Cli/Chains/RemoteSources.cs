using System.Runtime.CompilerServices;
using Secrets.Aws;
using Secrets.Gcp;

namespace Secrets.Cli.Chains;

/// <summary>The stores of vendors. Each is a method that is compiled, and whose packages are loaded, only when it is called.</summary>
internal static class RemoteSources
{
    /// <summary>One secret, or a prefix where the name ends in a slash.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddAws(SecretsBuilder builder, string name)
    {
        var options = new AwsSecretsManagerOptions();
        _ = name.EndsWith('/') ? options.Prefix(name) : options.Secret(name);
        builder.AddAwsSecretsManager(options);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddAwsParameters(SecretsBuilder builder, string prefix) => builder.AddAwsParameterStore(prefix);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddAzure(SecretsBuilder builder, string vault) => builder.AddAzureKeyVault(
        Uri.TryCreate(vault.Contains("://", StringComparison.Ordinal) ? vault : "https://" + vault, UriKind.Absolute, out Uri? address)
        && (address.IsLoopback || address.Host.Contains('.', StringComparison.Ordinal))
            ? address
            : throw CommandException.WrongUse("--from azure: needs the address of a vault, as in azure:shop.vault.azure.net."));

    /// <summary>A path of a server, whose address comes before it or from the variables of its own command line.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddVault(SecretsBuilder builder, string address)
    {
        if (!address.Contains("://", StringComparison.Ordinal) && address.Contains('/', StringComparison.Ordinal))
        {
            builder.AddVault(address);
            return;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? server) || server.Scheme is not ("http" or "https") || server.AbsolutePath.Length < 2)
        {
            throw CommandException.WrongUse("--from vault: needs a path, as in vault:secret/shop/, with the address of the server before it where no variable has that: vault:https://vault.example:8200/secret/shop/.");
        }

        builder.AddVault(server.GetLeftPart(UriPartial.Authority), Uri.UnescapeDataString(server.AbsolutePath[1..]));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddGoogle(SecretsBuilder builder, string place) => builder.AddGoogleSecretManager(GoogleAt(place));

    /// <summary>
    /// All secrets of a project, or after a slash those with a prefix: <c>shop-1/web-</c>. Google's own names of resources do as well, for regional secrets too:
    /// <c>projects/shop-1/locations/europe-west3/secrets/web-</c>.
    /// </summary>
    internal static GoogleSecretManagerOptions GoogleAt(string place)
    {
        (string project, string? location, string prefix) = place.Split('/') switch
        {
            ["projects", var name, "locations", var region] => (name, region, ""),
            ["projects", var name, "locations", var region, "secrets", var start] => (name, region, start),
            ["projects", var name, "secrets", var start] => (name, null, start),
            ["projects", var name] => (name, null, ""),
            [var name, .. var rest] => (name, (string?)null, string.Join('/', rest)),
            [] => ("", null, ""),
        };
        return new GoogleSecretManagerOptions { Project = project, Location = location }.Prefix(prefix);
    }
}
