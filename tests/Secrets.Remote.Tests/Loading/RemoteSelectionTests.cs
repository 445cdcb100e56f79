using Secrets.Remote.Calls;

namespace Secrets.Remote.Loading;

public sealed class RemoteSelectionTests
{
    private static readonly RemoteNameRules _exact = new("--", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-", "letters");
    private static readonly RemoteNameRules _ignoringCase = new("--", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-", "letters") { Comparer = StringComparer.OrdinalIgnoreCase };

    [Theory]
    [InlineData("Shop-", "Shop-x", true, true)]
    [InlineData("Shop-", "shop-x", false, true)]
    [InlineData("Shop-", "shop", false, false)]
    [InlineData("Shop-", "pay-x", false, false)]
    [InlineData("", "pay-x", true, true)]
    public void A_prefix_lists_what_the_store_lists_for_it(string prefix, string name, bool exact, bool ignoringCase)
    {
        var found = new RemoteMount(new RemoteName(name), SecretPath.Parse("a.x"), format: null);
        var known = new RemoteRead(found, new RemoteAnswer(found.Name), [], failure: null);
        var mount = new RemoteMount(new RemoteName(prefix), SecretPath.Parse("a"), format: null);

        Assert.Equal(exact, Select(_exact).IsListedBy(mount, known));
        Assert.Equal(ignoringCase, Select(_ignoringCase).IsListedBy(mount, known));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("a", 2)]
    public void There_are_as_many_rounds_as_a_demand_has_spellings(string? path, int rounds)
    {
        SecretDemand[]? demands = path is null ? null : path.Length == 0 ? [] : [new SecretDemand(SecretPath.Parse(path), isRequired: true)];

        Assert.Equal(rounds, new RemoteSelection(new RemoteMap(), new SecretsRequest("test", demands), _exact).Rounds);
    }

    [Theory]
    [InlineData("shop", true, false)]
    [InlineData("shop", false, false)]
    [InlineData("shop.x", true, true)]
    // Beside the prefix it is not this source's to refuse.
    [InlineData("other", true, true)]
    public void The_path_of_a_prefix_has_no_name(string path, bool isText, bool hasName)
    {
        var map = new RemoteMap();
        map.AddPrefix("", "shop", isText ? SecretFormat.Text : SecretFormat.Auto);
        var demand = new SecretDemand(SecretPath.Parse(path), isRequired: true);
        var selection = new RemoteSelection(map, new SecretsRequest("test", [demand]), _exact);

        Assert.Equal(hasName, selection.HasName(demand));
        Assert.Equal(path == "shop.x" ? ["x"] : [], selection.Candidates(spelling: 0, []).Select(m => m.Name.Name));
    }

    private static RemoteSelection Select(RemoteNameRules rules) => new(new RemoteMap(), new SecretsRequest("test"), rules);
}
