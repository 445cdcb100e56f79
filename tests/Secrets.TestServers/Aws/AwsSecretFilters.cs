using System.Text.Json.Nodes;

namespace Secrets.TestServers.Aws;

/// <summary>The filters of <c>ListSecrets</c> and <c>BatchGetSecretValue</c>, as "Filter" of the API reference has them.</summary>
internal static class AwsSecretFilters
{
    public static IEnumerable<AwsSecretRecord> Apply(JsonArray filters, IEnumerable<AwsSecretRecord> secrets, AwsEmulator emulator)
    {
        if (filters.Count > 10)
        {
            throw new AwsException("ValidationException");
        }

        IEnumerable<AwsSecretRecord> found = secrets;
        foreach (JsonNode? filter in filters)
        {
            string[] values = [.. (filter!["Values"] as JsonArray ?? []).Select(v => (string)v!)];
            if (values.Length is < 1 or > 10)
            {
                throw new AwsException("ValidationException");
            }

            Func<AwsSecretRecord, string, bool> matches = (string?)filter["Key"] switch
            {
                "name" when emulator == AwsEmulator.MiniStack => (s, v) => s.Name.Contains(v, StringComparison.OrdinalIgnoreCase),
                "name" when emulator == AwsEmulator.Roto => (s, v) => s.Name.StartsWith(v, StringComparison.OrdinalIgnoreCase),
                "name" => (s, v) => s.Name.StartsWith(v, StringComparison.Ordinal),
                "description" => (s, v) => s.Description.StartsWith(v, StringComparison.OrdinalIgnoreCase),
                "tag-key" => (s, v) => s.Tags.Keys.Any(k => k.StartsWith(v, StringComparison.Ordinal)),
                "tag-value" => (s, v) => s.Tags.Values.Any(t => t.StartsWith(v, StringComparison.Ordinal)),
                _ => throw new AwsException("ValidationException"),
            };
            found = found.Where(s => values.Any(v => v.StartsWith('!') ? !matches(s, v[1..]) : matches(s, v))).ToArray();
        }

        return found;
    }
}
