using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Secrets.Hosting.Configuration;

/// <summary>Tells an array of a configuration from a section.</summary>
internal static class ConfigurationArray
{
    /// <summary>True where the keys are 0, 1, 2, … without a gap. <c>GetChildren</c> sorts numbers as numbers.</summary>
    public static bool IsArray(IEnumerable<IConfigurationSection> children) =>
        children.Select((child, i) => string.Equals(child.Key, i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)).All(isNext => isNext);
}
