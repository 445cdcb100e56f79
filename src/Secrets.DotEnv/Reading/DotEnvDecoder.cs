using DotNetEnv;

namespace Secrets.DotEnv.Reading;

/// <summary>
/// One call of DotNetEnv for one assignment. What it must not see, or would change, is a stand-in, so that it never interpolates and never looks at the
/// process environment. What it throws is dropped: its messages quote the input.
/// </summary>
internal static class DotEnvDecoder
{
    /// <summary>Half of a surrogate pair: it is in no text that was read from UTF-8, and none of DotNetEnv's escapes gives one.</summary>
    public const char StandIn = '\uD800';

    private static readonly LoadOptions NoEnvVars = Env.NoEnvVars();

    /// <summary>Decodes a value; <see langword="null"/> where DotNetEnv cannot, or where an escape stands for no character or for NUL.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value as it is written, without references and with its quotes.</param>
    /// <param name="standIns">What each stand-in stands for, in their order.</param>
    public static string? Decode(string key, string value, IReadOnlyList<string> standIns)
    {
        KeyValuePair<string, string>[] pairs;
        try
        {
            pairs = [.. Env.LoadContents($"{key}={value}", NoEnvVars)];
        }
        catch (Exception)
        {
            return null;
        }

        return pairs is [var pair] && string.Equals(pair.Key, key, StringComparison.Ordinal) && IsSame(value, pair.Value) ? Fill(pair.Value, standIns) : null;
    }

    // Bytes that are no UTF-8 become U+FFFD: another secret than the one that was meant.
    private static bool IsSame(string written, string decoded) =>
        decoded.AsSpan().Count('\uFFFD') == written.AsSpan().Count('\uFFFD') && !decoded.Contains('\0', StringComparison.Ordinal);

    private static string? Fill(string decoded, IReadOnlyList<string> standIns)
    {
        if (standIns.Count == 0)
        {
            return decoded.Contains(StandIn, StringComparison.Ordinal) ? null : decoded;
        }

        string[] texts = decoded.Split(StandIn);
        return texts.Length == standIns.Count + 1
            ? string.Concat(texts.SelectMany((text, i) => i == 0 ? [text] : new[] { standIns[i - 1], text }))
            : null;
    }
}
