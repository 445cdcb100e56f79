using Secrets.Binding;
using Secrets.Keys;
using Secrets.Tests.Fakes;

namespace Secrets.Tests;

public class SecretDemandTests
{
    [Fact]
    public void Its_text_is_the_canonical_path()
    {
        SecretPath path = SecretPath.Parse("trello.api_key");
        var demand = new SecretDemand(path, isRequired: false, KeyComparison.Ordinal);

        Assert.Equal("trello.api_key", demand.ToString());
        Assert.Same(path, demand.Path);
        Assert.Same(path, Assert.Single(demand.Spellings));
        Assert.False(demand.IsRequired);
    }

    [Fact]
    public void Authors_of_sources_make_them_as_the_chain_does()
    {
        var demand = new SecretDemand(SecretPath.Parse("trello.api_key"));
        var exact = new SecretDemand(SecretPath.Parse("trello.api_key"), isRequired: false, KeyComparison.Ordinal);

        Assert.True(demand.IsRequired);
        Assert.Equal(["trello.api_key", "trello.api-key", "TRELLO.API_KEY", "Trello.ApiKey", "trello.apiKey"], demand.Spellings.Select(s => s.ToString()));
        Assert.False(exact.IsRequired);
        Assert.Equal(["trello.api_key"], exact.Spellings.Select(s => s.ToString()));
        Assert.Throws<ArgumentNullException>(() => new SecretDemand(null!));
    }

    [Theory]
    [InlineData("trello.api_key", "trello.api_key | trello.api-key | TRELLO.API_KEY | Trello.ApiKey | trello.apiKey")]
    [InlineData("trello.ApiKey", "trello.ApiKey | trello.api_key | trello.api-key | TRELLO.API_KEY | Trello.ApiKey | trello.apiKey")]
    [InlineData("API_KEY", "API_KEY | api_key | api-key | ApiKey | apiKey")]
    [InlineData("password", "password | PASSWORD | Password")]
    [InlineData("api-key", "api-key | api_key | API_KEY | ApiKey | apiKey")]
    // What the comparison tells apart is not tried.
    [InlineData("'odd key'", "\"odd key\" | \"ODD KEY\" | \"Odd key\"")]
    [InlineData("'a.b'", "\"a.b\" | \"A.B\" | \"A.b\"")]
    [InlineData("''", "\"\"")]
    public void A_demand_carries_the_canonical_path_and_its_spellings_in_the_order_of_trying(string path, string spellings)
    {
        var demand = new SecretDemand(SecretPath.Parse(path), isRequired: true);

        Assert.Equal(SecretPath.Parse(path), demand.Path);
        Assert.Equal(demand.Path, demand.Spellings[0]);
        Assert.Equal(spellings, string.Join(" | ", demand.Spellings));
        Assert.True(demand.IsRequired);
    }

    [Theory]
    [InlineData("database.api_key")]
    [InlineData("Straße.Größe_X")]
    [InlineData("x__y.HTTPServer2Port")]
    [InlineData("'a b-c_d'.'#%&'")]
    public void Every_spelling_is_the_same_key(string path)
    {
        var paths = new PathComparer(KeyEquivalence.For(KeyComparison.Equivalent));
        var demand = new SecretDemand(SecretPath.Parse(path), isRequired: false);

        Assert.All(demand.Spellings, spelling => Assert.True(paths.Equals(demand.Path, spelling), $"{spelling} is another key"));
        Assert.Equal(demand.Spellings.Count, demand.Spellings.Distinct().Count());
    }

    // A store that has the member's own name is found; works in development, fails in production otherwise.
    [Theory]
    [InlineData(typeof(OpenAI), "open_ai_api_key | open-ai-api-key | OPEN_AI_API_KEY | OpenAiApiKey | openAiApiKey | OpenAIApiKey")]
    [InlineData(typeof(GitHub), "git_hub_token | git-hub-token | GIT_HUB_TOKEN | GitHubToken | gitHubToken")]
    [InlineData(typeof(OAuth), "o_auth_token | o-auth-token | O_AUTH_TOKEN | OAuthToken | oAuthToken")]
    [InlineData(typeof(Smtp), "smtp2_go_key | smtp2-go-key | SMTP2_GO_KEY | Smtp2GoKey | smtp2GoKey")]
    [InlineData(typeof(Named), "\"Vendor Key\" | \"VENDOR KEY\" | \"vendor Key\"")]
    [InlineData(typeof(Nested), "inner_part.api_key | inner-part.api-key | INNER_PART.API_KEY | InnerPart.ApiKey | innerPart.apiKey | InnerPart.APIKey")]
    public void A_demand_carries_the_name_of_the_member_that_stands_for_the_path(Type type, string spellings)
    {
        SecretDemand demand = Assert.Single(TypeRequirements.Of(type, SecretPath.Root));

        Assert.Equal(spellings, string.Join(" | ", demand.Spellings));
    }

    [Fact]
    public void Of_two_spellings_of_one_path_both_are_tried()
    {
        SecretDemand united = Assert.Single(SecretDemand.Unite(
            [new(SecretPath.Parse("open_ai"), isRequired: true), new(SecretPath.Parse("OPEN-AI"), isRequired: false, KeyComparison.Equivalent, [new SecretPath("OpenAI")])],
            KeyComparison.Equivalent));

        Assert.Equal("open_ai | open-ai | OPEN_AI | OpenAi | openAi | OPEN-AI | OpenAI", string.Join(" | ", united.Spellings));
    }

    [Fact]
    public void Under_ordinal_comparison_the_path_is_the_only_spelling()
    {
        var demand = new SecretDemand(SecretPath.Parse("a.ApiKey"), isRequired: true, KeyComparison.Ordinal);

        Assert.Equal("a.ApiKey", Assert.Single(demand.Spellings).ToString());
    }

    private sealed record OpenAI(string OpenAIApiKey);

    private sealed record GitHub(string GitHubToken);

    private sealed record OAuth(string OAuthToken);

    private sealed record Smtp(string Smtp2GoKey);

    private sealed record Named([property: SecretName("'Vendor Key'")] string Key);

    private sealed record Nested(Inner InnerPart);

    private sealed record Inner(string APIKey);

    [Theory]
    [InlineData("a:optional, b:required", "a:optional, b:required")]
    [InlineData("a:optional, a:required", "a:required")]
    [InlineData("a_b.c:required, AB.C:optional", "a_b.c:required")]
    public void One_demand_is_left_for_each_path_and_it_is_required_where_one_is(string declared, string left)
    {
        IEnumerable<SecretDemand> demands = declared.Split(", ").Select(d => d.Split(':')).Select(d => new SecretDemand(SecretPath.Parse(d[0]), d[1] == "required"));

        Assert.Equal(left, string.Join(", ", SecretDemand.Unite(demands, KeyComparison.Equivalent)
            .Select(r => $"{r.Path}:{(r.IsRequired ? "required" : "optional")}")));
    }

    [Fact]
    public void What_a_store_gives_in_its_own_spelling_is_what_was_required()
    {
        var remote = new FakeRemoteSource("azure", "Trello.ApiKey = 1; db-main.pass-word = 2");
        using SecretsStore store = Chains.Of(remote).Require("trello.api_key", "db_main.pass_word").Build();

        Assert.Equal("Trello.ApiKey=1@azure; db-main.pass-word=2@azure", Chains.Show(store));
        Assert.Equal("1", store.GetString("trello.api_key"));
    }
}
