using Secrets.Testing.Tests.Broken;

namespace Secrets.Testing.Tests;

public sealed class ConformanceCheckTests
{
    private static ConformanceCheck Check(string name) => SourceConformance.Checks.Single(c => c.Name == name);

    [Fact]
    public void It_says_what_is_promised()
    {
        Assert.All(SourceConformance.Checks, c => Assert.EndsWith(".", c.Promise));
        Assert.All(SourceConformance.Checks, c => Assert.Matches("^[a-z]+-[a-z]+$", c.Name));
        Assert.All(SourceConformance.Checks, c => Assert.Equal(c.Name, c.ToString()));
    }

    [Fact]
    public async Task It_passes_or_says_why_it_was_not_run()
    {
        ConformanceResult passed = await Check("values-text").RunAsync(() => new ShelfHarness(s => new ShelfSource(s)), TestContext.Current.CancellationToken);
        ConformanceResult skipped = await Check("lookup-copy").RunAsync(() => new ShelfHarness(s => new ShelfSource(s)), TestContext.Current.CancellationToken);

        Assert.Equal(("values-text: passed", false), (passed.ToString(), passed.IsSkipped));
        Assert.Equal(("lookup-copy: skipped, the source is not a lookup", true), (skipped.ToString(), skipped.IsSkipped));
        Assert.Equal(("lookup-copy", "the source is not a lookup"), (skipped.Check, skipped.SkipReason));
    }

    [Fact]
    public async Task What_a_source_throws_where_nothing_is_thrown_fails_the_check()
    {
        ConformanceException failure = await Assert.ThrowsAsync<ConformanceException>(
            () => Check("values-text").RunAsync(() => new ShelfHarness(s => new Throwing(s)), TestContext.Current.CancellationToken));

        Assert.Contains("System.InvalidTimeZoneException: oh", failure.Message);
        Assert.IsType<InvalidTimeZoneException>(failure.InnerException);
    }

    [Fact]
    public async Task A_source_that_says_that_it_cannot_fails_the_check()
    {
        ConformanceException failure = await Assert.ThrowsAsync<ConformanceException>(
            () => Check("values-text").RunAsync(() => new ShelfHarness(s => new Unsupporting(s)), TestContext.Current.CancellationToken));

        Assert.Contains("System.NotSupportedException: list", failure.Message);
        Assert.IsType<NotSupportedException>(failure.InnerException);
    }

    [Fact]
    public async Task A_cancelled_run_is_a_cancellation() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => Check("values-text").RunAsync(() => new ShelfHarness(s => new ShelfSource(s)), new CancellationToken(canceled: true)));

    private sealed class Unsupporting(Shelf shelf) : ShelfSource(shelf)
    {
        public override ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => throw new NotSupportedException("list");
    }

    private sealed class Throwing(Shelf shelf) : ShelfSource(shelf)
    {
        public override ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken) => throw new InvalidTimeZoneException("oh");
    }
}
