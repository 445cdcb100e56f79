using Secrets.EnvironmentVariables;

namespace Secrets.Tests.EnvironmentVariables;

public sealed class VariableIndexTests
{
    // The order in which variables answer is a matter of their own names, never of the path's spelling.
    public static TheoryData<string, string> Orders => new()
    {
        { "a.b", "A.B a.b A__B A__b a__b A_B a_b A_.B A___B" },
        { "api_key", "API_KEY APIKEY API__KEY _API_KEY API-KEY Api_Key api_key ApiKey apikey api-key" },
        { "a.b_c", "A__B_C A__BC A__B__C a__b_c A_B_C a_b_c" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Of_several_variables_the_first_answers_however_the_path_is_spelled(string path, string order)
    {
        var left = new List<string>(order.Split(' '));
        while (left.Count > 0)
        {
            var index = new VariableIndex([.. left.AsEnumerable().Reverse().Prepend("OTHER").Append("A")]);
            foreach (string spelling in new[] { path, path.ToUpperInvariant(), path.Replace("_", "", StringComparison.Ordinal), path.Replace('_', '-') })
            {
                Assert.Equal(left[0], index.Find(SecretPath.Parse(spelling).Segments, _ => true));
            }

            left.RemoveAt(0);
        }
    }

    [Fact]
    public void A_name_that_is_not_allowed_leaves_its_place_to_the_next()
    {
        var index = new VariableIndex(["A__B", "A_B", "A__C"]);

        Assert.Equal("A_B", index.Find(["a", "b"], name => name != "A__B"));
        Assert.Equal("A__C", index.FindBelow(["a"], isCertain: true, name => name.EndsWith('C')));
        Assert.Null(index.FindBelow(["a"], isCertain: false, _ => false));
    }

    [Theory]
    [InlineData("PASSWORD_FILE", false)]
    [InlineData("PASSWORD__FILE", true)]
    [InlineData("PASSWORD.FILE", true)]
    public void One_underscore_may_as_well_stand_in_a_key(string variable, bool isCertain)
    {
        var index = new VariableIndex([variable]);

        Assert.Equal(variable, index.FindBelow(["password"], isCertain: false, _ => true));
        Assert.Equal(isCertain, index.FindBelow(["password"], isCertain: true, _ => true) is not null);
    }

    [Fact]
    public void A_path_that_is_longer_than_every_name_costs_nothing()
    {
        var index = new VariableIndex(["A_B", new string('x', 1_000)]);

        Assert.Null(index.Find([.. Enumerable.Repeat("a", 100_000)], _ => true));
        Assert.Null(index.FindBelow([new string('y', 100_000)], isCertain: false, _ => true));
        Assert.NotNull(index.Find([new string('X', 1_000)], _ => true));
        Assert.Null(new VariableIndex([]).Find(["a"], _ => true));
    }
}
