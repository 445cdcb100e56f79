using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Secrets.Benchmarks;

/// <summary>
/// Reads, against a configuration root with three in-memory providers of equal size: 1,000 keys in 100 sections, the key in the provider
/// that was added first, spelled exactly. The secrets are three in-memory sources of the same data.
/// </summary>
internal static class ReadRows
{
    private const int Sections = 100;
    private const int KeysPerSection = 10;

    public static IEnumerable<Row> Measure()
    {
        using SecretsStore secrets = Store();
        IConfigurationRoot configuration = Configuration();
        string? sink = null;
        SecretValue? value = null;
        Action baseline = () => sink = configuration["section_42:key_7"];

        yield return Read("nested read secrets[\"a\"][\"b\"]", 0.75, () => value = secrets["section_42"]["key_7"]);
        yield return Read("path read GetString(\"a.b\")", 0.75, () => sink = secrets.GetString("section_42.key_7"));
        yield return Read("TryGetValue(\"a.b\")", 0.75, () => secrets.TryGetValue("section_42.key_7", out value));
        yield return Read("another spelling, nested", 1.0, () => value = secrets["Section-42"]["Key-7"]);
        yield return Read("another spelling, path", 1.0, () => sink = secrets.GetString("Section-42.Key-7"));

        Row Read(string name, double limit, Action read)
        {
            Comparison comparison = Comparison.Of(read, baseline, rounds: 301, callsPerRound: 2_000);
            return new Row(
                name,
                string.Create(CultureInfo.InvariantCulture, $"{limit:0.00} × IConfiguration, 0 B"),
                comparison.Describe(),
                string.Create(CultureInfo.InvariantCulture, $"{comparison.Bytes} B"),
                comparison.Ratio <= limit && comparison.Bytes == 0);
        }
    }

    private static SecretsStore Store()
    {
        var builder = new SecretsBuilder();
        for (int source = 0; source < 3; source++)
        {
            builder.AddInMemory(Pairs('.', source).Select(p => KeyValuePair.Create(p.Key, (object?)p.Value)).ToArray());
        }

        return builder.WithPrecedence(SecretsPrecedence.LastWins).Build();
    }

    private static IConfigurationRoot Configuration()
    {
        var builder = new ConfigurationBuilder();
        for (int source = 0; source < 3; source++)
        {
            builder.AddInMemoryCollection(Pairs(':', source).Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)));
        }

        return builder.Build();
    }

    // Each source has keys of its own, so that only the first one has the key that is read and all are asked for it.
    private static IEnumerable<KeyValuePair<string, string>> Pairs(char separator, int source) =>
        from section in Enumerable.Range(0, Sections)
        from key in Enumerable.Range(0, KeysPerSection)
        let suffix = source == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"_of_{source}")
        select KeyValuePair.Create(
            string.Create(CultureInfo.InvariantCulture, $"section_{section}{separator}key_{key}{suffix}"),
            string.Create(CultureInfo.InvariantCulture, $"value {section} {key}"));
}
