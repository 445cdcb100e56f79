using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Secrets.Benchmarks;

/// <summary>A whole build from a file of 50 keys, against a configuration root from the same data as JSON; both files are warm.</summary>
internal static class BuildRows
{
    private const double TimeLimit = 3.0;
    private const double BytesLimit = 3.0;

    public static IEnumerable<Row> Measure()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("secrets-benchmarks-");
        try
        {
            string toml = Path.Combine(directory.FullName, "secrets.toml"), json = Path.Combine(directory.FullName, "secrets.json");
            FiftyKeys.Write(toml, json);
            Comparison comparison = Comparison.Of(
                () => new SecretsBuilder().AddToml(toml).Build().Dispose(),
                () => new ConfigurationBuilder().AddJsonFile(json).Build(),
                rounds: 201,
                callsPerRound: 10);
            return
            [
                new Row(
                    "Build() of a 50-key TOML file",
                    string.Create(CultureInfo.InvariantCulture, $"{TimeLimit:0.0} × time, {BytesLimit:0.0} × bytes of JSON"),
                    comparison.Describe(),
                    string.Create(CultureInfo.InvariantCulture, $"{comparison.Bytes:N0} / {comparison.BaselineBytes:N0} B"),
                    comparison.Ratio <= TimeLimit && comparison.Bytes <= BytesLimit * comparison.BaselineBytes),
            ];
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
