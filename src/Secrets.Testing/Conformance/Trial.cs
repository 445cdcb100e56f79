using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Secrets.Testing.Conformance;

/// <summary>One run of one check: the harnesses that it uses, its clock, and how it fails.</summary>
internal sealed class Trial(ConformanceCheck check, Func<SourceHarness> create, CancellationToken cancellationToken) : IAsyncDisposable
{
    /// <summary>The name in the chain: none that a source has by itself.</summary>
    public const string SourceName = "conformance#7";

    /// <summary>How long a thing may take that takes no time: what takes longer hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<SourceHarness> _harnesses = [];

    public ManualClock Clock { get; } = new();

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Gets what a harness threw because it does not support a fault; <see langword="null"/> if none did.</summary>
    public NotSupportedException? HarnessFailure { get; private set; }

    public static string Describe(Exception failure) => failure is ISecretsError error
        ? $"{failure.GetType().Name} with the code {error.Code}: {failure.Message}"
        : $"{failure.GetType().FullName}: {failure.Message}";

    public SourceHarness Harness()
    {
        SourceHarness harness = create();
        _harnesses.Add(harness);
        return harness;
    }

    /// <summary>Gives a harness whose store holds these, and a source over it.</summary>
    public async Task<(SourceHarness Harness, ISecretsSource Source)> GivenAsync(params SecretEntry[] secrets)
    {
        SourceHarness harness = Harness();
        await harness.StoreAsync(secrets).ConfigureAwait(false);
        return (harness, harness.CreateSource());
    }

    /// <summary>Breaks a harness's store. What that throws is the harness's, and no failure of the source.</summary>
    public async Task BreakAsync(SourceHarness harness, SourceFault fault, SecretEntry secret)
    {
        try
        {
            await harness.BreakAsync(fault, secret).ConfigureAwait(false);
        }
        catch (NotSupportedException failure)
        {
            HarnessFailure = failure;
            throw;
        }
    }

    /// <summary>Makes the request of a chain without requirements or, where a source needs to be told names, of one that requires these.</summary>
    public SecretsRequest Request(SourceHarness harness, IEnumerable<SecretEntry> secrets, SecretsBatch? previous = null, string name = SourceName) => new(
        name,
        harness.WhyNot(SourceAbility.Listing) is null ? null : [.. secrets.Select(s => new SecretDemand(s.Path))],
        timeProvider: Clock)
    {
        Previous = previous,
    };

    public async Task<Loaded> LoadAsync(ISecretsSource source, SecretsRequest request)
    {
        SecretsBatch? batch = await source.LoadAsync(request, CancellationToken).ConfigureAwait(false);
        Expect(batch is not null, "LoadAsync gave null", "give SecretsBatch.Empty where there is nothing");
        return new Loaded(source, batch);
    }

    public Task<Loaded> LoadAsync(SourceHarness harness, ISecretsSource source, params IEnumerable<SecretEntry> secrets) =>
        LoadAsync(source, Request(harness, secrets));

    /// <summary>Begins a chain with the check's clock.</summary>
    public SecretsBuilder Chain() => new() { TimeProvider = Clock };

    /// <summary>Builds a store over the source alone. Where the source must be told names, or is only ever asked for them, these are required.</summary>
    public Task<SecretsStore> BuildAsync(SourceHarness harness, ISecretsSource source, params IEnumerable<SecretEntry> secrets) =>
        Require(Chain().Add(source, o => o.Name = SourceName), harness, source, secrets).BuildAsync(CancellationToken);

    public static SecretsBuilder Require(SecretsBuilder chain, SourceHarness harness, ISecretsSource source, IEnumerable<SecretEntry> secrets) =>
        harness.WhyNot(SourceAbility.Listing) is not null || source is ISecretsLookup ? chain.Require([.. secrets.Select(s => s.Path.ToString())]) : chain;

    /// <summary>Refreshes a store, lets a source of files take its second look, and waits for the handlers of changes.</summary>
    public async Task RefreshAsync(SecretsStore store)
    {
        TimeSpan look = TimeSpan.FromMilliseconds(100);
        Task refresh = store.RefreshAsync(CancellationToken);
        while (!refresh.IsCompleted)
        {
            if (Clock.FiresWithin(look))
            {
                Clock.Advance(look);
            }

            await Task.WhenAny(refresh, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, CancellationToken)).ConfigureAwait(false);
        }

        await refresh.ConfigureAwait(false);
        await store.HandlersIdle.ConfigureAwait(false);
    }

    /// <summary>Loads and gives what it throws.</summary>
    public async Task<Exception> LoadFailsAsync(SourceHarness harness, ISecretsSource source, SourceFault fault, params SecretEntry[] secrets)
    {
        try
        {
            await source.LoadAsync(Request(harness, secrets), CancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (!CancellationToken.IsCancellationRequested)
        {
            return failure;
        }

        throw Failure($"a load of a store that is {fault} gave a batch", "throw a SecretsSourceException with the code; only absence is a batch");
    }

    public void Expect([DoesNotReturnIf(false)] bool isKept, string happened, string fix)
    {
        if (!isKept)
        {
            throw Failure(happened, fix);
        }
    }

    /// <summary>Expects each secret as it was stored.</summary>
    public void ExpectSame(IEnumerable<SecretEntry> stored, Func<SecretPath, SecretValue?> find, string fix)
    {
        foreach (SecretEntry secret in stored)
        {
            string? difference = Difference(secret.Value, find(secret.Path));
            Expect(difference is null, $"{secret.Path} {difference}", fix);
        }
    }

    public ConformanceException Failure(string happened, string fix, Exception? cause = null) => new(check.Name, check.Promise, happened.TrimEnd('.') + ".", fix + ".", cause);

    public async ValueTask DisposeAsync()
    {
        foreach (SourceHarness harness in _harnesses)
        {
            await harness.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string? Difference(SecretValue stored, SecretValue? found)
    {
        if (found is null)
        {
            return "is not there";
        }

        if (found.Kind != stored.Kind)
        {
            return $"is of kind {found.Kind}, and was stored as {stored.Kind}";
        }

        if (found.HasSameContent(stored))
        {
            return null;
        }

        (byte[] was, byte[] now) = (stored.RevealBytes(), found.RevealBytes());
        int at = was.AsSpan().CommonPrefixLength(now);
        return string.Create(CultureInfo.InvariantCulture, $"came back with {now.Length} bytes of UTF-8 instead of {was.Length}; they differ from byte {at} on");
    }
}
