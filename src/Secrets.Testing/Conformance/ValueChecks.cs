namespace Secrets.Testing.Conformance;

/// <summary>What is stored comes back.</summary>
internal static class ValueChecks
{
    private static readonly SecretEntry[] _texts =
    [
        Seed.Text("spaces", "  two  spaces  "),
        Seed.Text("blank", " "),
        Seed.Text("tab", "\ta\tb\t"),
        Seed.Text("quotes", "it's \"quoted\" and `ticked`"),
        Seed.Text("wrapped", "\"wrapped\""),
        Seed.Text("single", "'wrapped'"),
        Seed.Text("triple", "\"\"\"'''"),
        Seed.Text("dollar", "pa$word ${HOME} $(id) $$ %PATH%"),
        Seed.Text("equals", "=a=b=="),
        Seed.Text("hash", "# a # b #"),
        Seed.Text("backslash", "C:\\new\\table \\u0041 \\"),
        Seed.Text("json", "{\"user\":\"x\",\"list\":[1,null,true]}"),
        Seed.Text("zeros", "007"),
        Seed.Text("integer", "42"),
        Seed.Text("float", "1e5"),
        Seed.Text("hex", "0x1F"),
        Seed.Text("boolean", "true"),
        Seed.Text("nothing", "null"),
        Seed.Text("date", "2024-02-29"),
        Seed.Text("marks", "a: b; c, d | e > f & g ! h ~ i @ j"),
        Seed.Text("percent", "100%25+%41"),
        Seed.Text("unicode", "pässwörd ключ 秘密 \u00A0e\u0301"),
        Seed.Text("astral", "\U0001D494\U0001D486 \U0001F511\uFE0F"),
    ];

    private static readonly SecretEntry[] _lines =
    [
        Seed.Text("middle", "first\nsecond\n\nfourth"),
        Seed.Text("last", "-----BEGIN-----\nabc\n-----END-----\n"),
        Seed.Text("carriage", "first\r\nsecond\rthird\r\n"),
        Seed.Text("only", "\n"),
        Seed.Text("other", "a\u0085b\u2028c"),
    ];

    private static readonly SecretEntry[] _typed =
    [
        Seed.Of(SecretKind.Integer, "integer", "-42"),
        Seed.Of(SecretKind.Integer, "largest", "9223372036854775807"),
        Seed.Of(SecretKind.Float, "float", "0.5"),
        Seed.Of(SecretKind.Boolean, "yes", "true"),
        Seed.Of(SecretKind.Boolean, "no", "false"),
        Seed.Text("text", "42"),
    ];

    public static IReadOnlyList<ConformanceCheck> All { get; } =
    [
        new("values-text", "A text comes back as it was stored, whatever it looks like.",
            trial => RoundTripAsync(trial, "let no parser, trimming, interpolation or guess at a type touch the text; what is no JSON object is an exact string", _texts)),
        new("values-lines", "Line breaks within a text and at its end come back as they were stored.",
            trial => RoundTripAsync(trial, "neither trim the text nor turn one line break into another", _lines),
            Needs.Ability(SourceAbility.LineBreaks)),
        new("values-empty", "An empty secret is there and empty: missing, empty and forbidden are three different results.",
            trial => RoundTripAsync(trial, "tell an empty text from null", Seed.Text("empty", ""), Seed.Text("full", "x")),
            Needs.Ability(SourceAbility.EmptyValues)),
        new("values-large", "The largest secret that the store holds, up to 64 KiB, comes back whole.", LargeAsync),
        new("values-typed", "Integers, floats and booleans keep their kind and their text, and text stays text.",
            trial => RoundTripAsync(trial, "make the value with SecretValue.FromText(kind, text, origin), in the invariant culture", _typed),
            Needs.Ability(SourceAbility.TypedValues)),
        new("values-bytes", "Bytes that are not text come back as they were stored.",
            trial => RoundTripAsync(
                trial, "make the value with SecretValue.FromBytes", Seed.Bytes("bytes", [.. Enumerable.Range(0, 256).Select(i => (byte)i)]), Seed.Bytes("nul", [0, 0xFF])),
            Needs.Ability(SourceAbility.Bytes)),
    ];

    private static Task LargeAsync(Trial trial)
    {
        int size = Math.Min(65_536, trial.Harness().MaxValueBytes);
        return RoundTripAsync(trial, "read the whole answer, to its end, before it is decoded", Seed.Text("large", Seed.Long(size)), Seed.Text("small", "x"));
    }

    private static async Task RoundTripAsync(Trial trial, string fix, params SecretEntry[] secrets)
    {
        (SourceHarness harness, ISecretsSource source) = await trial.GivenAsync(secrets).ConfigureAwait(false);
        Loaded loaded = await trial.LoadAsync(harness, source, secrets).ConfigureAwait(false);
        trial.ExpectSame(secrets, loaded.Find, fix);
    }
}
