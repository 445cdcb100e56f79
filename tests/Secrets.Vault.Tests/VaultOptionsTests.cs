namespace Secrets.Vault.Tests;

public sealed class VaultOptionsTests
{
    public static TheoryData<string, Action<VaultOptions>> Mistakes => new()
    {
        { "Secret takes a mount and a path", o => o.Secret("secret") },
        { "Secret takes a mount and a path", o => o.Secret("secret/../sys") },
        { "Secret takes a mount and a path", o => o.Secret("secret//shop") },
        { "Secret takes a mount and a path", o => o.Secret("/secret/shop") },
        { "Secret takes a mount and a path", o => o.Secret("secret/a?b") },
        { "Secret takes a mount and a path", o => o.Secret("secret/a\nb") },
        { "Secret takes a mount and a path", o => o.Secret("secret/shop ") },
        { "\"/secret/shop\" begins with a slash: write \"secret/shop\"", o => o.Secret("/secret/shop") },
        { "\"secret/shop/\" ends with a slash: Prefix takes", o => o.Secret("secret/shop/") },
        { "\"secret\" has no slash", o => o.Secret("secret") },
        { "\"secret//shop\" has an empty segment", o => o.Secret("secret//shop") },
        { "this one is empty", o => o.Secret("") },
        { "this is an address, which AddVault takes before the path", o => o.Secret("https://user:password@vault.example:8200") },
        { "\"/secret/shop/\" begins with a slash: write \"secret/shop/\"", o => o.Prefix("/secret/shop/") },
        { "\"secret/shop\" has none: write \"secret/shop/\"", o => o.Prefix("secret/shop") },
        { "this is an address", o => o.Prefix("https://user:password@vault.example:8200/") },
        { "TlsServerName must", o => o.TlsServerName = "https://vault.example" },
        { "number of a version", o => o.Secret("secret/shop", version: 0) },
        { "Prefix takes a path with a slash at its end", o => o.Prefix("secret") },
        { "Prefix takes a path with a slash at its end", o => o.Prefix("/") },
        { "Address must", o => o.Address = new Uri("http://vault.example:8200") },
        { "Address must", o => o.Address = new Uri("https://user:password@vault.example:8200") },
        { "Address must", o => o.Address = new Uri("ftp://vault.example") },
        { "Address must", o => o.Address = new Uri("https://vault.example/?a=b") },
        { "Address must", o => o.Address = new Uri("relative", UriKind.Relative) },
        { "Namespace must", o => o.Namespace = "a\r\nb" },
        { "KeyValueVersion must", o => o.KeyValueVersion = 3 },
        { "RedirectHosts must", o => o.RedirectHosts.Add("https://vault-2.example") },
        { "RevokeTimeLimit must", o => o.RevokeTimeLimit = TimeSpan.Zero },
        { "MaxAttempts must", o => o.MaxAttempts = 0 },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found_when_the_source_is_added(string rule, Action<VaultOptions> set)
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddVault("https://vault.example", "secret/shop", configure: set));
        Assert.Equal((SecretsErrorCode.InvalidConfiguration, "vault"), (failure.Code, failure.SourceName));
        Assert.Contains(rule, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(() => new SecretsBuilder().AddVault(new VaultOptions { Address = new Uri("ftp://vault.example") }));
        Assert.Contains("Address must", failure.Message, StringComparison.Ordinal);
        Assert.Contains("it names no secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://vault.example:8200", true)]
    [InlineData("http://127.0.0.1:8200", true)]
    [InlineData("http://localhost:8200", true)]
    [InlineData("http://[::1]:8200", true)]
    [InlineData("http://10.0.0.1:8200", false)]
    public void Plain_http_is_for_this_machine(string address, bool isTaken)
    {
        Exception? failure = Record.Exception(() => new SecretsBuilder().AddVault(address, "secret/shop"));
        Assert.Equal(isTaken, failure is null);
        new SecretsBuilder().AddVault(address, "secret/shop", configure: o => o.AllowInsecureHttp = true);
    }

    [Theory]
    [InlineData("https://vault.example:8200", "https://vault.example:8201/v1/a", true)]
    [InlineData("https://vault.example:8200", "https://VAULT-2.example/v1/a", true)]
    [InlineData("https://vault.example:8200", "https://vault-3.example/v1/a", false)]
    [InlineData("https://vault.example:8200", "https://vault.example.evil/v1/a", false)]
    [InlineData("https://vault.example:8200", "http://vault.example:8200/v1/a", false)]
    [InlineData("https://vault.example:8200", "http://vault-2.example/v1/a", false)]
    [InlineData("https://vault.example:8200", "http://127.0.0.1/v1/a", false)]
    [InlineData("https://vault.example:8200", "https://user@vault.example:8200/v1/a", false)]
    [InlineData("https://vault.example:8200", "ftp://vault.example:8200/v1/a", false)]
    [InlineData("http://127.0.0.1:8200", "http://127.0.0.1:8300/v1/a", true)]
    [InlineData("http://127.0.0.1:8200", "http://localhost:8300/v1/a", false)]
    [InlineData("http://127.0.0.1:8200", "http://vault-2.example/v1/a", false)]
    [InlineData("http://127.0.0.1:8200", "https://vault-2.example/v1/a", true)]
    public void A_redirect_is_followed_to_the_same_or_an_allowed_host_alone(string address, string target, bool isFollowed)
    {
        var options = new VaultOptions { Address = new Uri(address), RedirectHosts = { "vault-2.example" } };
        Assert.Equal(isFollowed, options.MayFollow(new Uri(target)));
        Assert.Equal(isFollowed, options.Copy().MayFollow(new Uri(target)));
    }

    [Theory]
    [InlineData("::1", "https://[::1]:8200/v1/a", true)]
    [InlineData("[::1]", "https://[::1]/v1/a", true)]
    [InlineData("::1", "https://[::2]/v1/a", false)]
    [InlineData("FE80::A", "https://[fe80::a]:8200/v1/a", true)]
    [InlineData("0:0:0:0:0:0:0:1", "https://[::1]:8200/v1/a", true)]
    [InlineData("2001:db8::1", "https://[2001:0db8:0::1]:8200/v1/a", true)]
    [InlineData("bücher.example", "https://xn--bcher-kva.example/v1/a", true)]
    [InlineData("10.0.0.1", "https://10.0.0.1/v1/a", true)]
    public void An_allowed_host_matches_in_each_of_its_spellings(string allowed, string target, bool isFollowed)
    {
        var options = new VaultOptions { Address = new Uri("https://vault.example:8200"), RedirectHosts = { allowed } };
        Assert.Equal(isFollowed, options.MayFollow(new Uri(target)));
        new SecretsBuilder().AddVault("https://vault.example", "secret/shop", configure: o => o.RedirectHosts.Add(allowed));
    }
}
