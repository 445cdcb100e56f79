using Secrets.DotEnv.Reading;

namespace Secrets.DotEnv;

/// <summary>Turns assignments into the entries of a batch.</summary>
internal static class DotEnvEntries
{
    public static IEnumerable<SecretEntry> Of(IEnumerable<DotEnvAssignment> assignments, string place, SecretsRequest request) =>
        assignments.Select(a => new SecretEntry(PathOf(a.Key), SecretValue.FromText(a.Value, request.Origin(place, a.Line, a.Column))));

    /// <summary>Cuts a key at each <c>__</c>, as environment variables are; one that would have an empty part is one key at the root.</summary>
    public static SecretPath PathOf(string key)
    {
        string[] keys = key.Split("__");
        return Array.Exists(keys, k => k.Length == 0) ? new SecretPath(key) : new SecretPath(keys);
    }
}
