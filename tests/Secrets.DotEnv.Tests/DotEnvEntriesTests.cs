using Secrets.DotEnv.Reading;

namespace Secrets.DotEnv.Tests;

public class DotEnvEntriesTests
{
    [Theory]
    [InlineData("A", "A")]
    [InlineData("DB_PASSWORD", "DB_PASSWORD")]
    [InlineData("DATABASE__PASSWORD", "DATABASE.PASSWORD")]
    [InlineData("A__B__C_D", "A.B.C_D")]
    [InlineData("A__0__B", "A.0.B")]
    [InlineData("A___B", "A._B")]
    [InlineData("A.B-C", "\"A.B-C\"")]
    [InlineData("__A", "__A")]
    [InlineData("A__", "A__")]
    [InlineData("A____B", "A____B")]
    [InlineData("__", "__")]
    public void A_key_is_cut_at_two_underscores(string key, string path) => Assert.Equal(path, DotEnvEntries.PathOf(key).ToString());

    [Fact]
    public void An_entry_is_text_with_the_place_of_its_key()
    {
        var request = new SecretsRequest("dotenv#2");

        SecretEntry entry = Assert.Single(DotEnvEntries.Of([new DotEnvAssignment("A__B", "true", 3, 2)], "a.env", request));

        Assert.Equal("A.B", entry.Path.ToString());
        Assert.Equal((SecretKind.String, "true"), (entry.Value.Kind, entry.Value.Reveal()));
        Assert.Equal("dotenv#2 a.env(3,2)", entry.Value.Origin.ToString());
        Assert.Equal(request.ReadAt, entry.Value.Origin.ReadAt);
    }
}
