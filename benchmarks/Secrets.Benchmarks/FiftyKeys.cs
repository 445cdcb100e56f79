using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Secrets.Benchmarks;

/// <summary>The same 50 keys as TOML and as JSON: ten at the root and ten in each of four sections.</summary>
internal static class FiftyKeys
{
    public static void Write(string tomlFile, string jsonFile)
    {
        var toml = new StringBuilder();
        var json = new Dictionary<string, object>(StringComparer.Ordinal);
        for (int key = 0; key < 10; key++)
        {
            toml.AppendLine(CultureInfo.InvariantCulture, $"benchmark_key_{key} = \"value {key}\"");
            json[string.Create(CultureInfo.InvariantCulture, $"benchmark_key_{key}")] = string.Create(CultureInfo.InvariantCulture, $"value {key}");
        }

        for (int section = 0; section < 4; section++)
        {
            toml.AppendLine(CultureInfo.InvariantCulture, $"[section_{section}]");
            var keys = new Dictionary<string, string>(StringComparer.Ordinal);
            for (int key = 0; key < 10; key++)
            {
                toml.AppendLine(CultureInfo.InvariantCulture, $"key_{key} = \"value {section} {key}\"");
                keys[string.Create(CultureInfo.InvariantCulture, $"key_{key}")] = string.Create(CultureInfo.InvariantCulture, $"value {section} {key}");
            }

            json[string.Create(CultureInfo.InvariantCulture, $"section_{section}")] = keys;
        }

        File.WriteAllText(tomlFile, toml.ToString());
        File.WriteAllText(jsonFile, JsonSerializer.Serialize(json));
        if (!OperatingSystem.IsWindows())
        {
            // As `secrets init` creates it; a file that is open to others is a warning.
            File.SetUnixFileMode(tomlFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
