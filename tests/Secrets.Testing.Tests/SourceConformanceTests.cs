using Secrets.Testing.Tests.Broken;

namespace Secrets.Testing.Tests;

/// <summary>No other test runs beside these: one of the broken sources writes to the process's environment.</summary>
[Collection(nameof(ProcessState))]
public sealed class SourceConformanceTests
{
    public static TheoryData<string> Checks => [.. SourceConformance.Checks.Select(c => c.Name)];

    private static Func<SourceHarness> Harness(Func<Shelf, ISecretsSource> create) => () => new ShelfHarness(create);

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task A_broken_source_fails_the_check_that_its_mistake_belongs_to_and_no_other(string check)
    {
        Assert.True(BrokenSources.ByCheck.ContainsKey(check), $"No source breaks {check}.");
        var failed = new List<string>();
        foreach (ConformanceCheck each in SourceConformance.Checks)
        {
            try
            {
                await each.RunAsync(Harness(BrokenSources.ByCheck[check]), TestContext.Current.CancellationToken);
            }
            catch (ConformanceException failure)
            {
                Assert.Equal(each.Name, failure.Check);
                Assert.StartsWith($"{each.Name}: {each.Promise}{Environment.NewLine}What happened: ", failure.Message);
                Assert.Contains($"{Environment.NewLine}How to fix it: ", failure.Message);
                failed.Add(failure.Message);
            }
        }

        Assert.True(failed.Count == 1 && failed[0].StartsWith(check + ":", StringComparison.Ordinal), $"{failed.Count} failed:\n{string.Join('\n', failed)}");
        TestContext.Current.TestOutputHelper?.WriteLine(failed[0]);
    }

    [Fact]
    public void Every_broken_source_belongs_to_a_check() =>
        Assert.Empty(BrokenSources.ByCheck.Keys.Except(SourceConformance.Checks.Select(c => c.Name)));

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task A_source_without_mistakes_passes(string check)
    {
        foreach (Func<Shelf, ISecretsSource> create in new Func<Shelf, ISecretsSource>[] { s => new ShelfSource(s), s => new RemoteShelfSource(s), s => new LookupShelfSource(s) })
        {
            await SourceConformance.RunAsync(check, Harness(create), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Every_check_is_run_by_a_source_that_can()
    {
        IReadOnlyList<string>[] skips = [await SourceConformance.SkipsAsync(Harness(s => new RemoteShelfSource(s))), await SourceConformance.SkipsAsync(Harness(s => new LookupShelfSource(s)))];

        Assert.Equal(["lookup-copy: the source is not a lookup"], skips[0]);
        Assert.Equal(
            [
                "keys-equal: a lookup answers for one path at a time",
                "remote-plan: the source is local and is always read whole",
                "remote-demand: the source is local and is always read whole",
                "remote-optional: the source is local and is always read whole",
                "signal-change: the source does not signal changes",
            ],
            skips[1]);
    }

    [Fact]
    public async Task Skips_are_compared_with_a_list()
    {
        Func<SourceHarness> harness = Harness(s => new RemoteShelfSource(s));
        string file = Path.Combine(Directory.CreateTempSubdirectory("secrets-testing-").FullName, "shelf.skips.txt");

        Exception missing = await Assert.ThrowsAsync<ConformanceException>(() => SourceConformance.CompareSkipsAsync(harness, file));
        await File.WriteAllTextAsync(file, "# why\n\nlookup-copy: another reason\n", TestContext.Current.CancellationToken);
        Exception other = await Assert.ThrowsAsync<ConformanceException>(() => SourceConformance.CompareSkipsAsync(harness, file));
        await File.WriteAllTextAsync(file, "# why\n\nlookup-copy: the source is not a lookup\n", TestContext.Current.CancellationToken);
        await SourceConformance.CompareSkipsAsync(harness, file);

        Assert.Contains("does not exist", missing.Message);
        Assert.Contains("- lookup-copy: another reason", other.Message);
        Assert.Contains("+ lookup-copy: the source is not a lookup", other.Message);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task An_unknown_check_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => SourceConformance.RunAsync("values-odd", Harness(s => new ShelfSource(s)), TestContext.Current.CancellationToken));

    [Fact]
    public void Names_are_unique_and_the_list_cannot_be_changed()
    {
        Assert.Equal(SourceConformance.Checks.Count, SourceConformance.Checks.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.True(((ICollection<ConformanceCheck>)SourceConformance.Checks).IsReadOnly);
    }
}
