using System.Globalization;

namespace Secrets.Benchmarks;

/// <summary>
/// A build and a read of each key, where somebody chose the names so that their hashes might collide: strings over two characters that differ in the bit
/// which tells upper from lower case. The baseline has names of the same length that need quotes in a path as well.
/// </summary>
internal static class CraftedRows
{
    private const double Limit = 2.0;

    private const int Length = 16;

    private static readonly string[] Pairs = ["[{", "]}", "@`", "\\|", "^~"];

    public static IEnumerable<Row> Measure()
    {
        foreach (int keys in new[] { 4_096, 65_536 })
        {
            // Each pair in turn, so that one row shows the worst of them.
            string[] ordinary = [.. Enumerable.Range(0, keys).Select(i => string.Create(CultureInfo.InvariantCulture, $"key {i:D12}"))];
            Comparison worst = Pairs.Select(pair => Words(pair, keys))
                .Select(crafted => Comparison.Of(() => BuildAndRead(crafted), () => BuildAndRead(ordinary), rounds: keys > 10_000 ? 5 : 15, callsPerRound: 1))
                .MaxBy(c => c.Ratio)!;
            yield return new Row(
                string.Create(CultureInfo.InvariantCulture, $"crafted key names, {keys:N0} keys"),
                string.Create(CultureInfo.InvariantCulture, $"{Limit:0.0} × ordinary names"),
                worst.Describe(),
                "",
                worst.Ratio <= Limit);
        }
    }

    private static void BuildAndRead(string[] keys)
    {
        using SecretsStore store = new SecretsBuilder().Add(new KeysSource(keys)).Build();
        foreach (string key in keys)
        {
            _ = store[key];
        }
    }

    private static string[] Words(string letters, int count) =>
        [.. Enumerable.Range(0, count).Select(number => string.Concat(Enumerable.Range(0, Length).Select(bit => letters[(number >> bit) & 1])))];

    private sealed class KeysSource(string[] keys) : ISecretsSource
    {
        public string Name => "keys";

        public ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(
            new SecretsBatch(keys.Select(key => new SecretEntry(new SecretPath(key), SecretValue.FromText("x", request.Origin(key))))));
    }
}
