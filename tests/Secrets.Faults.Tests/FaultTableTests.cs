namespace Secrets.Faults;

/// <summary>The rows of docs/faults.md, each as a test; a class for each source, so that they run side by side.</summary>
public abstract class FaultTableTests(string source)
{
    private static readonly Lazy<IReadOnlyList<string>> _documented = new(FaultTable.Documented);

    public static TheoryData<string> Faults => [.. FaultTable.Faults];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_happens_is_what_is_documented(string fault)
    {
        StoreUnderFault store = FaultTable.Stores.Single(s => s.Name == source);
        FaultRow row = await FaultTable.RunAsync(store, fault, TestContext.Current.CancellationToken);
        Assert.Equal(_documented.Value.Single(l => l.StartsWith($"| {source} | {fault} | ", StringComparison.Ordinal)), row.Promise);
        Assert.False(row.IsCanarySeen);
    }

    [Fact]
    public void No_row_is_documented_that_is_not_run() =>
        Assert.Equal(FaultTable.Faults, _documented.Value.Where(l => l.StartsWith($"| {source} | ", StringComparison.Ordinal)).Select(l => l.Split('|')[2].Trim()));
}
