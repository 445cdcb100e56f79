using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.TestServers.Aws;

/// <summary>Cuts lists into pages with opaque tokens.</summary>
internal static class AwsPages
{
    public static (IReadOnlyList<T> Page, string? NextToken) Cut<T>(IReadOnlyList<T> all, int size, JsonObject input, string badToken, bool withEmptyPage, bool withRepeatedToken)
    {
        int from = 0;
        bool isEmptyPageDone = false;
        if ((string?)input["NextToken"] is { } token)
        {
            string[] parts = Decode(token)?.Split(' ') ?? [];
            if (parts.Length != 3 || parts[0] != "page" || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out from) || from > all.Count)
            {
                throw new AwsException(badToken);
            }

            isEmptyPageDone = parts[2] == "1";
        }

        if (withRepeatedToken)
        {
            return (all.Take(size).ToList(), Encode($"page {Math.Min(size, all.Count)} 1"));
        }

        if (withEmptyPage && from > 0 && !isEmptyPageDone)
        {
            return ([], Encode($"page {from} 1"));
        }

        int to = Math.Min(all.Count, from + size);
        return (all.Skip(from).Take(size).ToList(), to < all.Count ? Encode($"page {to} 0") : null);
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
