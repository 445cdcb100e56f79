using Secrets.Remote.Calls;

namespace Secrets.Remote.Loading;

/// <summary>A broken rotation takes nothing away.</summary>
public sealed class RemoteReaderTests
{
    private static readonly RemoteMount _bad = new(new RemoteName("shop/bad"), SecretPath.Parse("bad"), format: null);

    [Theory]
    [InlineData("""{"k":"v2",""")]
    [InlineData("text")]
    [InlineData("")]
    [InlineData("[1]")]
    public void A_document_that_became_text_is_malformed(string text)
    {
        var first = new SecretsRequest("store");
        RemoteRead good = Read(first, null, """{"k":"v1"}""");
        Assert.Null(good.Failure);
        RemoteRead broken = Read(new SecretsRequest("store") { Previous = SecretsBatch.Empty }, good, text);
        Assert.Equal(SecretsErrorCode.InvalidFormat, broken.Failure!.Code);
        Assert.Equal((SecretKind.Unreadable, "bad"), (broken.Entries.Single().Value.Kind, broken.Entries.Single().Path.ToString()));
        Assert.Same(good, broken.LastGood);
        Assert.Same(good, Read(new SecretsRequest("store") { Previous = SecretsBatch.Empty }, broken.LastGood, text).LastGood);
    }

    [Fact]
    public void A_text_whose_keys_are_asked_for_is_malformed_at_the_first_load()
    {
        var request = new SecretsRequest("store", [new SecretDemand(SecretPath.Parse("bad.k"))]);
        Assert.Equal(SecretsErrorCode.InvalidFormat, Read(request, null, "text").Failure!.Code);
        Assert.Null(Read(request, null, """{"k":"v"}""").Failure);
    }

    [Fact]
    public void One_value_that_became_a_document_is_malformed()
    {
        RemoteRead good = Read(new SecretsRequest("store"), null, "text");
        Assert.Null(good.Failure);
        Assert.Equal(SecretsErrorCode.InvalidFormat, Read(new SecretsRequest("store") { Previous = SecretsBatch.Empty }, good, """{"k":"v"}""").Failure!.Code);
    }

    [Fact]
    public void A_secret_at_the_root_fails_the_first_load_and_is_held_later()
    {
        var mount = new RemoteMount(new RemoteName("shop"), SecretPath.Root, format: null);
        var failure = new SecretsSourceException(SecretsErrorCode.AccessDenied, "It is denied.", "store");
        var denied = new RemoteAnswer(mount.Name) { Failure = failure };
        var reader = new RemoteReader(new SecretsRequest("store") { Previous = SecretsBatch.Empty });
        RemoteRead good = reader.Read(mount, null, new RemoteAnswer(mount.Name) { Secret = new RemoteSecret("""{"a":"1","b":{"c":"2"}}""") }, "shop");
        RemoteRead held = reader.Read(mount, good, denied, "shop");
        Assert.Equal(["a", "b.c"], held.Entries.Select(e => e.Path.ToString()));
        Assert.All(held.Entries, e => Assert.Equal(SecretKind.Unreadable, e.Value.Kind));
        Assert.Empty(reader.Read(mount, null, denied, "shop").Entries);
        Assert.Equal(["It is denied."], reader.Warnings);
        SecretsSourceException first = Assert.Throws<SecretsSourceException>(() => new RemoteReader(new SecretsRequest("store")).Read(mount, null, denied, "shop"));
        Assert.Same(failure, first);
    }

    [Theory]
    [InlineData("3", "shop/bad (version 3): ")]
    [InlineData("stage AWSPREVIOUS", "shop/bad (stage AWSPREVIOUS): ")]
    public void A_pinned_version_that_is_malformed_is_named(string version, string message)
    {
        var mount = new RemoteMount(new RemoteName("shop/bad", version), SecretPath.Root, format: null);
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(
            () => new RemoteReader(new SecretsRequest("store")).Read(mount, null, new RemoteAnswer(mount.Name) { Secret = new RemoteSecret("text") }, "shop/bad"));
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_countdown_is_no_change()
    {
        RemoteRead good = Read(new SecretsRequest("store"), null, """{"ttl":5}""", "same");
        Assert.Same(good.Entries, Read(new SecretsRequest("store"), good, """{"ttl":4}""", "same").Entries);
        Assert.NotSame(good.Entries, Read(new SecretsRequest("store"), good, """{"ttl":4}""", "other").Entries);
    }

    private static RemoteRead Read(SecretsRequest request, RemoteRead? lastGood, string text, string? fingerprint = null) =>
        new RemoteReader(request).Read(_bad, lastGood, new RemoteAnswer(_bad.Name) { Secret = new RemoteSecret(text) { Fingerprint = fingerprint } }, "shop/bad");
}
