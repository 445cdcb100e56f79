using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public class SecretsSourceStatusTests
{
    [Fact]
    public void It_says_what_became_of_each_source_in_the_order_of_precedence()
    {
        using SecretsStore store = new SecretsBuilder()
            .AddVariables("A_B=1")
            .Add(FakeSource.Missing("dotenv", ".env"))
            .Add(new FakeSource("toml", "a = 1; s.b = 1; list = [1, 2]; bad = !AccessDenied; empty = {}", "secrets.toml"))
            .Add(new FakeSource("memory", "a = 2"))
            .Add(new FakeRemoteSource("aws", "c = 1"))
            .Add(new FakeRemoteSource("vault", "d = 1"))
            .Require("a", "c")
            .Build();

        Assert.Equal(
            [
                "environment: Loaded, 0 secrets",
                "dotenv: Missing, 0 secrets (.env)",
                "toml: Degraded (AccessDenied), 4 secrets (secrets.toml)",
                "memory: Loaded, 1 secret",
                "aws: Loaded, 1 secret (aws:*)",
                "vault: NotAsked, 0 secrets",
            ],
            store.Sources.Select(s => s.ToString()));
        Assert.Equal([false, false, false, false, true, true], store.Sources.Select(s => s.IsRemote));
    }
}
