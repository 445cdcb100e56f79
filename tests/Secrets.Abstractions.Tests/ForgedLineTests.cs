using Secrets.Loading;
using Secrets.Tests.Fakes;

namespace Secrets.Tests;

/// <summary>Names that others choose hold line breaks, and no text of the library begins a line with what they say.</summary>
public class ForgedLineTests
{
    private const string Forged = "name\r\nforged: line\u2028forged\u0085forged\u001b[2K";

    private static readonly string Key = new SecretPath(Forged).ToString();

    [Fact]
    public async Task No_name_from_outside_begins_a_line()
    {
        SecretsBuilder builder = Chain();
        using SecretsStore store = builder.Build();
        var texts = new List<string>
        {
            store.Describe(),
            store.Explain(Key).ToString(),
            store.Explain("denied").ToString(),
            store.Explain("missing." + Key).ToString(),
            string.Join("\t", store.Warnings),
            (await builder.PlanAsync(TestContext.Current.CancellationToken)).ToString()!,
            Failure(() => store.GetString("denied")),
            Failure(() => store.GetString("conflict")),
            Failure(() => store.GetString("twice")),
            Failure(() => store.GetString("list.7")),
            Failure(() => store[Key].As<int>()),
            Failure(() => store[Key].AsSection()),
            Failure(() => store[Key].AsList()),
            Failure(() => store.GetString("missing." + Key)),
            Failure(() => _ = store["list"][7]),
            Failure(() => Chain().Require("missing." + Key).Build()),
            Failure(() => Chains.Of(new BatchSource("file", r => new SecretsBatch([InFile("a", r, 1), InFile("A", r, 2)]))).Build()),
            Failure(() => Chains.Of(new BatchSource("file", _ => throw new SecretsFormatException("expected a key", Forged, 1, 1))).Build()),
            Failure(() => Chains.Of(new BatchSource("file", _ => new SecretsBatch([]) { IsMissing = true, Places = [Forged] })).Build().GetString("a")),
            Failure(() => new SecretsBuilder().Add(new FakeSource("a", ""), o => o.Name = Forged)),
            Failure(() => Chains.Of(new FakeSource("a", "")).Pin("a", Forged).Build()),
        };

        Assert.All(texts, text =>
        {
            Assert.Contains("forged", text, StringComparison.Ordinal);
            Assert.All(text.ReplaceLineEndings("\n").Split('\n'), line => Assert.False(line.TrimStart().StartsWith("forged", StringComparison.Ordinal), text));
            Assert.DoesNotContain('\u001b', text);
        });
    }

    private static SecretsBuilder Chain() => Chains.Of(
        new BatchSource("store", r => new SecretsBatch(
        [
            Entry(Forged, r),
            Entry("twice", r),
            Entry("Twice", r),
            Entry("conflict", r),
            new SecretEntry(new SecretPath("list"), SecretValue.FromArray([], Origin(r))),
            new SecretEntry(new SecretPath("denied"), SecretValue.Unreadable(new SecretsSourceException(SecretsErrorCode.AccessDenied, "refused"), Origin(r))),
        ])
        {
            Places = [Forged],
            Warnings = [Forged],
        }),
        new BatchSource("lower", r => new SecretsBatch([new SecretEntry(new SecretPath("conflict", "below"), SecretValue.FromText("x", Origin(r)))])));

    private static SecretEntry Entry(string key, SecretsRequest request) => new(new SecretPath(key), SecretValue.FromText("x", Origin(request)));

    private static SecretEntry InFile(string key, SecretsRequest request, int line) =>
        new(new SecretPath(key), SecretValue.FromText("x", request.Origin(Forged, line, 1)));

    private static SecretOrigin Origin(SecretsRequest request) => request.Origin(Forged, Forged);

    private static string Failure(Action action) => Record.Exception(action)!.Message;
}
