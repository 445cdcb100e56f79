namespace Secrets.Tests;

public class SecretFormatTests
{
    private static readonly SecretOrigin Origin = new("aws", "arn:x", "v1", DateTimeOffset.UnixEpoch);

    /// <summary>A text, and what each format makes of it: the kind of its one leaf, <c>fields</c> or <c>mistake</c>.</summary>
    public static TheoryData<string, string, string, string> Rows => new()
    {
        { "p4ss", "String", "String", "mistake" },
        { "", "String", "String", "mistake" },
        { "42", "String", "String", "mistake" },
        { "[1]", "String", "String", "mistake" },
        { "{\"a\":1}", "fields", "String", "fields" },
        { "{not json", "String", "String", "mistake" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_format_takes_a_text_in_its_way(string text, string auto, string plain, string json)
    {
        Assert.Equal(auto, Outcome(SecretFormat.Auto, text));
        Assert.Equal(plain, Outcome(SecretFormat.Text, text));
        Assert.Equal(json, Outcome(SecretFormat.Json, text));
    }

    private static string Outcome(SecretFormat format, string text)
    {
        try
        {
            IReadOnlyList<SecretEntry> leaves = format.Read(text, Origin);
            if (leaves is [{ Path.Segments.Count: 0 } whole])
            {
                Assert.Equal(text, whole.Value.Reveal());
                return whole.Value.Kind.ToString();
            }

            return "fields";
        }
        catch (SecretsFormatException)
        {
            return "mistake";
        }
    }
}
