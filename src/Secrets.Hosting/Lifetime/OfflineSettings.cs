using Microsoft.Extensions.Configuration;
using Secrets.Hosting.Configuration;

namespace Secrets.Hosting.Lifetime;

/// <summary>
/// The host settings that keep a test away from remote stores. They are settings, because those alone exist before <c>Program</c> builds its chain.
/// </summary>
internal static class OfflineSettings
{
    /// <exception cref="InvalidOperationException">The setting is not a boolean.</exception>
    public static bool AreOn(IConfiguration configuration) => configuration["Secrets:Offline"] switch
    {
        null or "" => false,
        { } text when bool.TryParse(text, out bool isOn) => isOn,
        _ => throw new InvalidOperationException("The setting Secrets:Offline must be true or false."),
    };

    /// <summary>Gives the settings below <c>Secrets:Values</c> as paths and values: <c>hosts:0</c>, <c>hosts:1</c>, … are an array.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Values(IConfiguration configuration) =>
        configuration.GetSection("Secrets:Values").GetChildren().SelectMany(child => Leaves(child, SecretPath.Root));

    // Leaf by leaf: a section that is given in part must not hide the rest of it.
    private static IEnumerable<KeyValuePair<string, object?>> Leaves(IConfigurationSection section, SecretPath parent)
    {
        SecretPath path = parent.Append(section.Key);
        IConfigurationSection[] children = [.. section.GetChildren()];
        return children.Length == 0 || ConfigurationArray.IsArray(children)
            ? [KeyValuePair.Create(path.ToString(), ValueOf(section))]
            : children.SelectMany(child => Leaves(child, path));
    }

    private static object? ValueOf(IConfigurationSection section)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];
        return children.Length == 0 ? section.Value
            : ConfigurationArray.IsArray(children) ? children.Select(ValueOf).ToArray()
            : children.ToDictionary(child => child.Key, ValueOf, StringComparer.Ordinal);
    }
}
