namespace Secrets.Tests.Names;

/// <summary>The ways to a secret. Each gives the text that it finds for <see cref="NameKind.Path"/>, asked for in some spelling.</summary>
internal static class NameDoors
{
    private static readonly Dictionary<string, Func<SecretsBuilder, string, string>> All = new()
    {
        ["GetString"] = (b, asked) => Read(b, s => s.GetString(asked)),
        ["GetString with a fallback"] = (b, asked) => Read(b, s => s.GetString(asked, "none")),
        ["indexer, path"] = (b, asked) => Read(b, s => s[asked].Reveal()),
        ["indexer, key by key"] = (b, asked) => Read(b, s => s[Section(asked)][Key(asked)].Reveal()),
        ["TryGetValue"] = (b, asked) => Read(b, s => s.TryGetValue(asked, out SecretValue? value) ? value.Reveal() : "none"),
        ["ContainsKey"] = (b, asked) => Read(b, s => s.ContainsKey(Section(asked)) && s.ContainsKey(asked) ? s.GetString(asked) : "none"),
        ["Section"] = (b, asked) => Read(b, s => s.Section(Section(asked)).GetString(Key(asked))),
        ["AsSection, Contains"] = (b, asked) => Read(b, s => s[Section(asked)].Contains(Key(asked)) ? s[Section(asked)].AsSection()[Key(asked)].Reveal() : "none"),
        ["dynamic"] = (b, _) => Read(b, s => (string)((dynamic)s).DataBase.ApiKey),
        ["Get of a leaf"] = (b, asked) => Read(b, s => s.Get<string>(asked)),
        ["Get of a section"] = (b, asked) => Read(b, s => s.Get<Snake>(Section(asked)).ApiKey + Twice(s.Get<Shouted>(Section(asked)).APIKey)),
        ["Get of the root"] = (b, _) => Read(b, s => s.Get<Root>().DataBase.ApiKey),
        ["Get with a fallback"] = (b, asked) => Read(b, s => s.Get(Section(asked), new Snake("none")).ApiKey),
        ["Invoke"] = (b, asked) => Read(b, s => s.Section(Section(asked)).Invoke<string>((string apiKey) => apiKey)),
        ["Require of the leaf"] = (b, asked) => Read(b.Require(asked), s => s.GetString(asked)),
        ["Require of a type"] = (b, asked) => Read(b.Require<Root>(), s => s.GetString(asked)),
        ["Explain"] = (b, asked) => Read(b, s => s.Explain(asked) is { Origin: { } origin } explanation && explanation.Candidates.First(c => c.Outcome == SecretOutcome.Supplied) is { } supplier
            ? supplier.SourceName == origin.SourceName ? s.GetString(asked) : "another source is named"
            : "none"),
    };

    public static IEnumerable<string> Names => All.Keys;

    /// <summary>Builds a chain and reads through a door.</summary>
    public static string Through(string door, SecretsBuilder builder, string asked) => All[door](builder, asked);

    private static string Read(SecretsBuilder builder, Func<SecretsView, string> read)
    {
        using SecretsStore store = builder.Build();
        string live = read(store);
        return read(store.Current) == live ? live : "the snapshot differs";
    }

    // What is the same twice adds nothing to the text, so that a door through two types gives one answer.
    private static string Twice(string text) => text is "upper" or "lower" ? "" : " and " + text;

    private static string Section(string asked) => asked[..asked.IndexOf('.', StringComparison.Ordinal)];

    private static string Key(string asked) => asked[(asked.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private sealed record Root(Snake DataBase);

    private sealed record Snake(string ApiKey);

    private sealed record Shouted(string APIKey);
}
