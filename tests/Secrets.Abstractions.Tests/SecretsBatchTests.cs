namespace Secrets.Tests;

public class SecretsBatchTests
{
    [Fact]
    public void It_keeps_what_it_was_made_of()
    {
        var origin = new SecretOrigin("s", "there", null, default);
        var entries = new List<SecretEntry> { new(SecretPath.Parse("a.b"), SecretValue.FromText("hunter2", origin)) };
        var batch = new SecretsBatch(entries);
        entries.Clear();

        SecretEntry entry = Assert.Single(batch.Entries);
        Assert.Equal("a.b", entry.ToString());
        Assert.Empty(batch.Places);
        Assert.Empty(batch.Warnings);
        Assert.False(batch.IsMissing);
        Assert.Null(batch.State);
        Assert.Null(batch.Lower);
        Assert.Empty(SecretsBatch.Empty.Entries);
    }

    [Fact]
    public void Null_is_refused_by_the_name_of_its_parameter()
    {
        Assert.Throws<ArgumentNullException>("entries", () => new SecretsBatch(null!));
        Assert.Throws<ArgumentException>("entries", () => new SecretsBatch([null!]));
        Assert.Throws<ArgumentNullException>("Places", () => new SecretsBatch([]) { Places = null! });
        Assert.Throws<ArgumentException>("Places", () => new SecretsBatch([]) { Places = [null!] });
        Assert.Throws<ArgumentNullException>("Warnings", () => new SecretsBatch([]) { Warnings = null! });
        Assert.Throws<ArgumentException>("Warnings", () => new SecretsBatch([]) { Warnings = [null!] });
        Assert.Throws<ArgumentNullException>("path", () => new SecretEntry(null!, SecretValue.FromText("x", new SecretOrigin("s", "there", null, default))));
        Assert.Throws<ArgumentNullException>("value", () => new SecretEntry(SecretPath.Root, null!));
    }

    // System.Text.Json and Newtonsoft.Json have each an attribute of their own.
    [Fact]
    public void What_a_source_keeps_is_not_serialized()
    {
        var batch = new SecretsBatch([]) { State = new { Token = "hvs.canary" } };
        foreach (object value in new object[] { batch, new SecretsRequest("vault") { Previous = batch } })
        {
            Assert.DoesNotContain("canary", System.Text.Json.JsonSerializer.Serialize(value), StringComparison.Ordinal);
            Assert.DoesNotContain("canary", Newtonsoft.Json.JsonConvert.SerializeObject(value), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Places_and_warnings_stay_on_one_line_each()
    {
        var batch = new SecretsBatch([]) { Places = ["a\nb", "c"], Warnings = ["d\r\ne"] };

        Assert.Equal(["a\\nb", "c"], batch.Places);
        Assert.Equal(["d\\r\\ne"], batch.Warnings);
        Assert.Throws<ArgumentNullException>(() => new SecretsBatch([]) { Places = null! });
        Assert.Throws<ArgumentNullException>(() => new SecretsBatch([]) { Warnings = null! });
    }
}
