using Secrets.Tests.Fakes;

namespace Secrets.Tests.Loading;

public class RequirementCheckTests
{
    private static readonly string L = Environment.NewLine;

    [Theory]
    [InlineData("a = 1; b.c = 1", "a, b.c", "")]
    [InlineData("a = 1", "a, b.c, d", "b.c, d")]
    [InlineData("a = 1", "b, B, b", "b")]
    [InlineData("a = 1", "b.value?", "")]
    [InlineData("b.c = 1", "b", "")]
    [InlineData("x = [1]", "x.0", "")]
    [InlineData("x = [1]", "x.1", "x.1")]
    [InlineData("b = {}", "b", "")]
    public void Every_missing_path_is_in_one_exception(string content, string required, string missing)
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("memory", content)).RequireAll(required);

        Exception? failure = Record.Exception(() => builder.Build().Dispose());

        Assert.Equal(missing, failure is null ? "" : string.Join(", ", Assert.IsType<SecretNotFoundException>(failure).Paths));
    }

    [Fact]
    public void A_variable_answers_for_what_is_required()
    {
        using SecretsStore store = new SecretsBuilder().AddVariables("DB_PASSWORD=env").Require("db.password").Build();

        Assert.Equal("db.password=env@environment", Chains.Show(store));
    }

    [Fact]
    public void Failures_and_absences_are_told_together_with_the_failures_code()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("vault", "a = !AccessDenied; s = !Unavailable; ok = 1")).Require("a", "s.x", "s.y", "ok", "none", "gone");

        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(builder.Build);

        Assert.Equal((SecretsErrorCode.AccessDenied, "vault"), (failure.Code, failure.SourceName));
        Assert.Equal(
            "3 problems with what is required:" + L
            + "  a (vault vault:a) cannot be read: it failed" + L
            + "  s (vault vault:s) cannot be read: it failed" + L
            + "  2 secrets were not found:" + L
            + "    none" + L
            + "    gone" + L
            + "  Looked in:" + L
            + "    vault: everything it has",
            failure.Message);
    }

    [Fact]
    public void One_failure_below_many_required_paths_is_told_once()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("vault", "s = !Unavailable")).Require("s.x", "s.y", "s.z");

        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(builder.Build);

        Assert.Equal("s (vault vault:s) cannot be read: it failed", failure.Message);
        Assert.Equal(SecretsErrorCode.Unavailable, failure.Code);
    }

    [Fact]
    public void An_optional_member_that_exists_and_cannot_be_read_fails_too()
    {
        SecretsBuilder builder = Chains.Of(new FakeSource("vault", "s.value = !AccessDenied")).RequireAll("s.value?");

        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(builder.Build).Code);
    }

    [Fact]
    public void A_required_type_is_bound_by_the_build()
    {
        SecretsFormatException mistake = Assert.Throws<SecretsFormatException>(
            Chains.Of(new FakeSource("toml", "db.host = h; db.port = hunter2", "secrets.toml")).Require<Database>("db").Build);

        Assert.StartsWith("secrets.toml(2,1): db.port", mistake.Message);
        Assert.DoesNotContain("hunter2", mistake.ToString());
    }

    [Fact]
    public void Two_types_that_cannot_be_bound_are_told_together()
    {
        SecretsSourceException failure = Assert.Throws<SecretsSourceException>(
            Chains.Of(new FakeSource("toml", "a.host = h; a.port = x; b.host = h; b.port = y", "secrets.toml")).Require<Database>("a").Require<Database>("b").Build);

        Assert.Equal(SecretsErrorCode.InvalidFormat, failure.Code);
        Assert.Contains("secrets.toml(2,1): a.port", failure.Message);
        Assert.Contains("secrets.toml(4,1): b.port", failure.Message);
    }

    [Fact]
    public void Missing_members_of_a_required_type_are_named_by_their_paths()
    {
        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(
            Chains.Of(new FakeSource("toml", "")).Require<Database>("db").Require("api_key").Build);

        Assert.Equal(["db.host", "db.port", "api_key"], miss.Paths);
    }

    [Fact]
    public void Thousands_of_requirements_are_checked_in_linear_time()
    {
        string[] paths = [.. Enumerable.Range(0, 5_000).Select(i => $"s{i % 100}.k{i}")];
        var remote = new FakeRemoteSource("aws");

        SecretNotFoundException miss = Assert.Throws<SecretNotFoundException>(Chains.Of(remote).Require(paths).Build);

        Assert.Equal(5_000, miss.Paths.Count);
    }

    private sealed record Database(string Host, int Port, string? Name = null);

    [Theory]
    [InlineData("db.user=1; db.password=!AccessDenied")]
    [InlineData("db.user=1; db.deep.password=!AccessDenied")]
    public void Whoever_requires_a_section_requires_all_that_is_in_it(string content)
    {
        SecretsBuilder chain = Chains.Of(new FakeSource("toml", content)).Require("db");
        Assert.Equal(SecretsErrorCode.AccessDenied, Assert.Throws<SecretsSourceException>(chain.Build).Code);
    }

    [Fact]
    public void The_check_is_no_read_of_the_program_s()
    {
        using SecretsStore store = Chains.Of(new FakeSource("toml", "db.password=1")).Require<Credentials>("db").Build();
        Assert.Equal(["db.password"], store.Unread);
    }

    private sealed record Credentials(string Password);
}
