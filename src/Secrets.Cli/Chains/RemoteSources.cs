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
            ? address
            : throw CommandException.WrongUse("--from azure: needs the address of a vault, as in azure:shop.vault.azure.net."));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddVault(SecretsBuilder builder, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? server) || server.Scheme is not ("http" or "https") || server.AbsolutePath.Length < 2)
        {
            throw CommandException.WrongUse("--from vault: needs the address of a server and a path in it, as in vault:https://vault.example:8200/secret/shop/.");
        }

        builder.AddVault(server.GetLeftPart(UriPartial.Authority), Uri.UnescapeDataString(server.AbsolutePath[1..]));
    }

    /// <summary>All secrets of a project, or after a slash those with a prefix: <c>shop-1/web-</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddGoogle(SecretsBuilder builder, string place)
    {
        int slash = place.IndexOf('/', StringComparison.Ordinal);
        var options = new GoogleSecretManagerOptions { Project = slash < 0 ? place : place[..slash] };
        if (slash >= 0)
        {
            options.Prefix(place[(slash + 1)..]);
        }

        builder.AddGoogleSecretManager(options);
    }
}
