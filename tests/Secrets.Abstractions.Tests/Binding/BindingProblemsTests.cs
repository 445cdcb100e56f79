using Secrets.Binding;
using Secrets.Tests.Fakes;

namespace Secrets.Tests.Binding;

public sealed class BindingProblemsTests
{
    private readonly SecretsStore _store = Stores.Of(("x.y", 1));

    [Fact]
    public void Nothing_wrong_throws_nothing()
    {
        var problems = new BindingProblems(_store.Node);

        Assert.True(problems.HasNone);
        Assert.Equal(0, problems.Count);
        problems.ThrowIfAny();
    }

    [Fact]
    public void Absence_alone_is_not_found()
    {
        var problems = new BindingProblems(_store.Section("x").Node);
        problems.Missing(SecretPath.Parse("a"));
        problems.Missing(SecretPath.Parse("b.c"));
        problems.Missing(SecretPath.Parse("a"));

        Assert.Equal(["x.a", "x.b.c"], Assert.Throws<SecretNotFoundException>(problems.ThrowIfAny).Paths);
    }

    [Fact]
    public void A_wrong_value_comes_before_absence_and_keeps_its_place()
    {
        var problems = new BindingProblems(_store.Section("x").Node);
        problems.Missing(SecretPath.Parse("a"));
        problems.Wrong(new SecretsFormatException("first", "f.toml", 1, 2));
        problems.Wrong(new SecretsFormatException("second", "f.toml", 3, 4));

        SecretsFormatException e = Assert.Throws<SecretsFormatException>(problems.ThrowIfAny);

        Assert.Equal("f.toml(1,2): first\nf.toml(3,4): second\nx.a was not found.", e.Message.ReplaceLineEndings("\n"));
        Assert.Equal(("f.toml", 1, 2), (e.File, e.Line, e.Column));
    }
}
