using System.Collections.Concurrent;

namespace Secrets.Hosting.OptionsBinding;

/// <summary>Knows which options serve an older value because a newer one did not bind or validate.</summary>
internal sealed class RejectedOptions
{
    private readonly ConcurrentDictionary<(Type Type, string Name), string> _codes = new();

    /// <summary>Gets the options and why the newest value was rejected, ordered by name.</summary>
    public IReadOnlyList<(string Options, string Code)> All =>
        [.. _codes.Select(c => (Describe(c.Key.Type, c.Key.Name), c.Value)).OrderBy(c => c.Item1, StringComparer.Ordinal)];

    /// <summary>Names options for people.</summary>
    public static string Describe(Type type, string name) => name.Length == 0 ? type.Name : $"{type.Name} '{name}'";

    /// <returns><see langword="false"/> where the same is known already.</returns>
    public bool Add(Type type, string name, string code)
    {
        bool isKnown = _codes.TryGetValue((type, name), out string? known) && string.Equals(known, code, StringComparison.Ordinal);
        _codes[(type, name)] = code;
        return !isKnown;
    }

    /// <returns>Whether there was a rejection.</returns>
    public bool Remove(Type type, string name) => _codes.TryRemove((type, name), out _);
}
