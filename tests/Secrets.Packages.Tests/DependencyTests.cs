using System.Xml.Linq;

namespace Secrets.Packages;

public class DependencyTests
{
    // docs/decisions/packages.md says why each package may depend on what it does; a new one gets its row here.
    private static readonly Dictionary<string, string[]> _allowed = new(StringComparer.Ordinal)
    {
        ["Secrets.Abstractions"] = [],
        ["Secrets.Aws"] = ["Secrets.Remote", "AWSSDK.Core", "AWSSDK.SecurityToken", "AWSSDK.SSO", "AWSSDK.SSOOIDC"],
        ["Secrets.Azure"] = ["Secrets.Remote", "Azure.Identity", "Azure.Security.KeyVault.Secrets", "Microsoft.Identity.Client"],
        ["Secrets.Cli"] =
        [
            "Secrets.Abstractions", "Secrets.Aws", "Secrets.Azure", "Secrets.DotEnv", "Secrets.Gcp", "Secrets.Toml", "Secrets.Vault", "Spectre.Console", "System.CommandLine",
        ],
        ["Secrets.DotEnv"] = ["Secrets.Abstractions", "DotNetEnv"],
        ["Secrets.Gcp"] = ["Secrets.Remote", "Google.Apis.Auth"],
        ["Secrets.Hosting"] =
        [
            "Secrets.Abstractions", "Secrets.Toml", "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Http",
            "Microsoft.Extensions.Options.DataAnnotations",
        ],
        ["Secrets.Remote"] = ["Secrets.Abstractions"],
        ["Secrets.Vault"] = ["Secrets.Remote"],
        ["Secrets.Testing"] = ["Secrets.Abstractions"],
        ["Secrets.Toml"] = ["Secrets.Abstractions"],
    };

    // What a package that is named brings along, since its own surface shows it.
    private static readonly Dictionary<string, string[]> _below = new(StringComparer.Ordinal)
    {
        ["Secrets.Aws"] = ["Secrets.Abstractions"],
        ["Secrets.Azure"] = ["Secrets.Abstractions", "Azure.Core"],
        ["Secrets.Cli"] = ["Azure.Core", "Microsoft.Win32.Primitives", "Spectre.Console.Ansi"],
        ["Secrets.Gcp"] = ["Secrets.Abstractions"],
        ["Secrets.Hosting"] =
        [
            "Microsoft.Extensions.Configuration", "Microsoft.Extensions.Configuration.Abstractions", "Microsoft.Extensions.Configuration.EnvironmentVariables",
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Diagnostics", "Microsoft.Extensions.Diagnostics.HealthChecks.Abstractions",
            "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
            "Microsoft.Extensions.Primitives",
        ],
        ["Secrets.Vault"] = ["Secrets.Abstractions"],
    };

    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void A_package_depends_on_what_the_design_allows_and_nothing_else(string name)
    {
        Assert.True(_allowed.ContainsKey(name), $"{name} needs a row in {nameof(DependencyTests)}");
        string[] files = [$"src/{name}/{name}.csproj", "src/Directory.Build.props", "Directory.Build.props"];
        XElement[] items = [.. files.SelectMany(f => XDocument.Parse(Repository.Read(f)).Descendants())];
        IEnumerable<string> references = items.Where(i => i.Name.LocalName is "ProjectReference" or "PackageReference" or "FrameworkReference" or "Reference")
            .Where(i => i.Attribute("PrivateAssets")?.Value != "all")
            .Select(i => i.Attribute("Include")!.Value)
            .Select(i => i.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(i.Replace('\\', '/')) : i);
        Assert.Equal(_allowed[name].Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
    }

    /// <summary>A version in brackets would keep a user from a newer one, also from one that another package needs.</summary>
    [Fact]
    public void Only_versions_of_dependencies_that_are_shipped_are_open_to_newer_ones()
    {
        HashSet<string> shipped = [.. _allowed.Values.SelectMany(d => d)];
        None.Of(XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Where(v => v.Attribute("Version")!.Value.StartsWith('[') == shipped.Contains(v.Attribute("Include")!.Value))
            .Select(v => v.ToString()));
    }

    [Theory]
    [MemberData(nameof(Package.Data), MemberType = typeof(Package))]
    public void An_assembly_needs_the_framework_and_what_its_package_names(string name) => None.Of(
        Package.Load(name).Assembly.Modules.Single().ReferencedAssemblies.Select(a => a.Name)
            .Where(a => !a.StartsWith("System.", StringComparison.Ordinal)).Except(_allowed[name]).Except(_below.GetValueOrDefault(name, [])));
}
