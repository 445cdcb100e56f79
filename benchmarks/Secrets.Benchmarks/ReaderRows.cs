using System.Globalization;
using System.Text;
using System.Text.Json;
using Secrets.Toml.Reading;

namespace Secrets.Benchmarks;

/// <summary>The TOML reader, against <see cref="JsonSerializer"/> reading the same data as JSON into nested string dictionaries.</summary>
internal static class ReaderRows
{
    private const double TimeLimit = 1.25;
    private const double BytesLimit = 1.2;

    // A reader that is linear takes ten times as long for ten times the keys; the rest is room for caches and collections.
    private const double LinearLimit = 2.0;

    public static IEnumerable<Row> Measure()
    {
        (byte[] toml, byte[] json) = Documents(keys: 10_000);
        Comparison ten = Comparison.Of(() => Read(toml), () => ReadJson(json), rounds: 101, callsPerRound: 1);
        double bytes = (double)ten.Bytes / ten.BaselineBytes;
        yield return new Row(
            "TOML reader, 10,000 keys: time",
            string.Create(CultureInfo.InvariantCulture, $"{TimeLimit:0.00} × JsonSerializer"),
            ten.Describe(),
            "",
            ten.Ratio <= TimeLimit);
        yield return new Row(
            "TOML reader, 10,000 keys: allocation",
            string.Create(CultureInfo.InvariantCulture, $"{BytesLimit:0.00} × JsonSerializer"),
            string.Create(CultureInfo.InvariantCulture, $"{bytes:0.00} ×"),
            string.Create(CultureInfo.InvariantCulture, $"{ten.Bytes:N0} / {ten.BaselineBytes:N0} B"),
            bytes <= BytesLimit);

        (byte[] large, _) = Documents(keys: 100_000);
        Comparison growth = Comparison.Of(
            () => Read(large),
            () =>
            {
                for (int i = 0; i < 10; i++)
                {
                    Read(toml);
                }
            },
            rounds: 15,
            callsPerRound: 1);
        yield return new Row(
            "TOML reader, 100,000 keys: linear",
            string.Create(CultureInfo.InvariantCulture, $"{LinearLimit:0.00} × ten times 10,000"),
            growth.Describe(),
            "",
            growth.Ratio <= LinearLimit);
    }

    private static void Read(byte[] toml) => TomlReader.Read(toml, new TomlReaderOptions());

    private static void ReadJson(byte[] json) => JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(json);

    private static (byte[] Toml, byte[] Json) Documents(int keys)
    {
        var toml = new StringBuilder();
        var json = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        for (int section = 0; section < keys / 10; section++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"section_{section}");
            toml.AppendLine(CultureInfo.InvariantCulture, $"[{name}]");
            json[name] = new Dictionary<string, string>(StringComparer.Ordinal);
            for (int key = 0; key < 10; key++)
            {
                string value = string.Create(CultureInfo.InvariantCulture, $"a value of {section} and {key}");
                toml.AppendLine(CultureInfo.InvariantCulture, $"key_{key}_{section} = \"{value}\"");
                json[name][string.Create(CultureInfo.InvariantCulture, $"key_{key}_{section}")] = value;
            }
        }

        return (Encoding.UTF8.GetBytes(toml.ToString()), JsonSerializer.SerializeToUtf8Bytes(json));
    }
}
