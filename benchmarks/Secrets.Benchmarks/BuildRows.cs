using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Secrets.Benchmarks;

/// <summary>A whole build from a file of 50 keys, against a configuration root from the same data as JSON; both files are warm.</summary>
internal static class BuildRows
{
    private const double Limit = 4.0;

    public static IEnumerable<Row> Measure()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("secrets-benchmarks-");
        try
        {
            string toml = Path.Combine(directory.FullName, "secrets.toml"), json = Path.Combine(directory.FullName, "secrets.json");
            Write(toml, json);
            Comparison comparison = Comparison.Of(
                () => new SecretsBuilder().AddToml(toml).Build().Dispose(),
                () => new ConfigurationBuilder().AddJsonFile(json).Build(),
                rounds: 201,
                callsPerRound: 10);
            return
            [
                new Row(
                    "Build() of a 50-key TOML file",
                    string.Create(CultureInfo.InvariantCulture, $"{Limit:0.0} × ConfigurationBuilder, JSON"),
                    comparison.Describe(),
                    string.Create(CultureInfo.InvariantCulture, $"{comparison.Bytes:N0} / {comparison.BaselineBytes:N0} B"),
                    comparison.Ratio <= Limit),
            ];
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static void Write(string toml, string json)
    {
        var text = new StringBuilder();
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        for (int key = 0; key < 10; key++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"benchmark_key_{key} = \"value {key}\"");
            data[string.Create(CultureInfo.InvariantCulture, $"benchmark_key_{key}")] = string.Create(CultureInfo.InvariantCulture, $"value {key}");
        }

        for (int section = 0; section < 4; section++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"[section_{section}]");
            var keys = new Dictionary<string, string>(StringComparer.Ordinal);
            for (int key = 0; key < 10; key++)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"key_{key} = \"value {section} {key}\"");
                keys[string.Create(CultureInfo.InvariantCulture, $"key_{key}")] = string.Create(CultureInfo.InvariantCulture, $"value {section} {key}");
            }

            data[string.Create(CultureInfo.InvariantCulture, $"section_{section}")] = keys;
        }

        File.WriteAllText(toml, text.ToString());
        File.WriteAllText(json, JsonSerializer.Serialize(data));
    }
}
