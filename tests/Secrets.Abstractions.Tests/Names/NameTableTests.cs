namespace Secrets.Tests.Names;

public sealed class NameTableTests
{
    private static readonly Dictionary<string, Func<NameKind>> Kinds = new()
    {
        ["sections"] = () => new LocalNames(),
        ["variables"] = () => new VariableNames(),
        ["variables with a prefix"] = () => new PrefixedNames(),
        ["JSON of a store"] = () => new JsonNames(),
    };

    public static MatrixTheoryData<string, string> Rows => new(Kinds.Keys, NameDoors.Names);

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_key_has_one_answer_however_it_is_spelled(string kind, string door) => Assert.Empty(NameTable.WrongRows(Kinds[kind](), door));

    [Theory]
    [MemberData(nameof(KindNames))]
    public void A_pin_holds_however_it_is_spelled(string kind) => Assert.Empty(NameTable.WrongPins(Kinds[kind]()));

    [Theory]
    [MemberData(nameof(KindNames))]
    public async Task A_change_is_told_however_it_is_spelled(string kind) =>
        Assert.Empty(await NameTable.WrongChangesAsync(Kinds[kind](), TestContext.Current.CancellationToken));
}
