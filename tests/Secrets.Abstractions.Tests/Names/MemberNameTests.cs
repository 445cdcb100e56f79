using Secrets.Tests.Fakes;

namespace Secrets.Tests.Names;

/// <summary>Members whose words cannot be told apart from their capitals.</summary>
public sealed class MemberNameTests
{
    public static TheoryData<Type, string, string, string> Members => new()
    {
        // member's type, variable, key in a file, name in a store that cannot list
        { typeof(OpenAI), "OPENAI_API_KEY", "openai_api_key", "OpenAIApiKey" },
        { typeof(GitHub), "GITHUB_TOKEN", "github-token", "GitHubToken" },
        { typeof(OAuth), "OAUTH_TOKEN", "oauth_token", "OAuthToken" },
        { typeof(Smtp), "SMTP2GO_KEY", "smtp2go_key", "Smtp2GoKey" },
        { typeof(Class), "OPENAI_API_KEY", "OpenAI_ApiKey", "OpenAIApiKey" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_has_one_secret_whoever_supplies_it(Type type, string variable, string key, string native)
    {
        SecretsBuilder[] chains =
        [
            new SecretsBuilder().AddVariables(variable + "=v"),
            new SecretsBuilder().AddInMemory(new Dictionary<string, object?> { [key] = "v" }),
            new SecretsBuilder().Add(new FakeRemoteSource("aws", native + " = v")),
            new SecretsBuilder().AddVariables(variable + "=v").AddInMemory(new Dictionary<string, object?> { [key] = "lower" }),
        ];
        foreach (SecretsBuilder chain in chains)
        {
            using SecretsStore store = Required(chain, type).Build();

            Assert.Equal("v", Bound(store, type));
        }
    }

    [Fact]
    public void A_miss_says_that_other_spellings_are_not_looked_for()
    {
        SecretsBuilder chain = new SecretsBuilder().Add(new FakeRemoteSource("aws", "OPENAI_API_KEY = v")).Require<OpenAI>();

        Assert.Contains(
            "A store that is asked by name cannot look for other spellings: [SecretName(\"…\")] on the member, or Require(\"…\"), gives the one that it has.",
            Assert.Throws<SecretNotFoundException>(chain.Build).Message);
    }

    [Fact]
    public void An_attribute_gives_the_store_s_own_spelling()
    {
        using SecretsStore store = new SecretsBuilder().Add(new FakeRemoteSource("aws", "OPENAI_API_KEY = v")).Require<Named>().Build();

        Assert.Equal("v", store.Get<Named>().Key);
    }

    private static SecretsBuilder Required(SecretsBuilder chain, Type type) => (SecretsBuilder)typeof(SecretsBuilder).GetMethods()
        .Single(m => m is { Name: "Require", IsGenericMethod: true }).MakeGenericMethod(type).Invoke(chain, [null])!;

    private static object? Bound(SecretsStore store, Type type)
    {
        object bound = typeof(SecretsView).GetMethods().Single(m => m is { Name: "Get", IsGenericMethod: true } && m.GetParameters().Length == 0)
            .MakeGenericMethod(type).Invoke(store, [])!;
        return type.GetProperties().Single(p => p.PropertyType == typeof(string)).GetValue(bound);
    }

    private sealed record OpenAI(string OpenAIApiKey);

    private sealed record GitHub(string GitHubToken);

    private sealed record OAuth(string OAuthToken);

    private sealed record Smtp(string Smtp2GoKey);

    private sealed record Named([property: SecretName("OPENAI_API_KEY")] string Key);

    private sealed class Class
    {
        public required string OpenAIApiKey { get; init; }
    }
}
