using Secrets.Testing.Tests.Broken;

namespace Secrets.Testing.Tests;

public sealed class SourceHarnessTests
{
    [Fact]
    public async Task A_fault_that_is_neither_made_nor_disclaimed_is_an_error()
    {
        NotSupportedException failure = await Assert.ThrowsAsync<NotSupportedException>(
            () => SourceConformance.RunAsync("failure-denied", () => new Minimal(), TestContext.Current.CancellationToken));

        Assert.Contains("Cannot(SourceFault.AccessDenied", failure.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two\nlines")]
    public void A_reason_is_one_line(string reason) => Assert.Throws<ArgumentException>(() => new Minimal(reason));

    [Fact]
    public async Task Who_counts_no_calls_says_so_by_not_counting() =>
        Assert.Contains("remote-plan: the harness counts no calls", await SourceConformance.SkipsAsync(() => new Minimal()));

    [Fact]
    public async Task Every_harness_that_is_made_is_disposed()
    {
        var made = new List<Minimal>();
        await SourceConformance.RunAsync("instance-constructor", Make, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<NotSupportedException>(() => SourceConformance.RunAsync("store-missing", Make, TestContext.Current.CancellationToken));

        Assert.True(made.Count > 2);
        Assert.All(made, m => Assert.True(m.IsDisposed));

        Minimal Make()
        {
            made.Add(new Minimal("it cannot", SourceFault.Unavailable, SourceFault.AccessDenied, SourceFault.Malformed, made.Count < 3 ? SourceFault.Missing : SourceFault.Silent));
            return made[^1];
        }
    }

    private sealed class Minimal : SourceHarness
    {
        private readonly Shelf _shelf = new();

        public Minimal(string? reason = null, params SourceFault[] cannot)
        {
            if (reason is not null)
            {
                Lacks(SourceAbility.Versions, reason);
            }

            foreach (SourceFault fault in cannot)
            {
                Cannot(fault, reason!);
            }
        }

        public bool IsDisposed { get; private set; }

        public override ISecretsSource CreateSource() => new RemoteShelfSource(_shelf);

        public override ValueTask StoreAsync(IReadOnlyList<SecretEntry> secrets)
        {
            _shelf.Store(secrets);
            return ValueTask.CompletedTask;
        }

        public override string LocationOf(SecretPath path) => "shelf:" + path;

        public override ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return base.DisposeAsync();
        }
    }
}
