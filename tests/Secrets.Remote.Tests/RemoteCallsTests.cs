namespace Secrets.Remote;

public class RemoteCallsTests
{
    private static readonly RemoteName[] _names = [new("a"), new("b"), new("c")];

    private readonly RemoteCalls<Failures> _calls = new("fake#1", () => "the store", mostAtOnce: 1);
    private readonly List<string> _asked = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_version_is_looked_at_and_what_is_missing_left_out()
    {
        IReadOnlyList<RemoteListing>? found = await CheckAsync(new() { ["b"] = new MissingException() });
        Assert.Equal(["a=1", "c=1"], found!.Select(f => $"{f.Name}={f.Stamp}"));
        Assert.Equal(["a=1", "b=1"], (await CheckAsync(new() { ["c"] = null }))!.Select(f => $"{f.Name}={f.Stamp}"));
    }

    [Fact]
    public async Task A_version_that_may_not_be_looked_at_has_no_stamp()
    {
        IReadOnlyList<RemoteListing>? found = await CheckAsync(new() { ["b"] = new DeniedException() });
        Assert.Equal(["a=1", "b=", "c=1"], found!.Select(f => $"{f.Name}={f.Stamp}"));
    }

    [Fact]
    public async Task Where_the_first_version_may_not_be_looked_at_no_other_is_asked_for()
    {
        Assert.Null(await CheckAsync(new() { ["a"] = new DeniedException() }));
        Assert.Equal(["a"], _asked);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("c")]
    public async Task Another_failure_of_the_vendor_s_ends_the_looking(string broken)
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => CheckAsync(new() { [broken] = new BrokenException() }));
        Assert.Equal((SecretsErrorCode.Unavailable, "fake#1", null), (failure.Code, failure.SourceName, failure.NativeName));
    }

    [Fact]
    public async Task Nothing_is_looked_at_where_there_is_nothing() =>
        Assert.Empty((await _calls.CheckEachAsync([], (_, _) => throw new BrokenException(), Token))!);

    [Fact]
    public async Task A_secret_that_is_missing_or_denied_leaves_the_others()
    {
        IReadOnlyList<RemoteSecret> found = await FetchAsync(new() { ["a"] = new MissingException(), ["b"] = new DeniedException() });
        Assert.Equal(["a: missing", "b: AccessDenied of b", "c: 1"], found.Select(f => $"{f.Name}: {Told(f)}"));
    }

    [Fact]
    public async Task A_failure_that_is_not_of_one_secret_ends_the_fetching()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => FetchAsync(new() { ["b"] = new BrokenException() }));
        Assert.Equal((SecretsErrorCode.Unavailable, "b"), (failure.Code, failure.NativeName));
    }

    [Fact]
    public async Task What_is_no_failure_of_the_vendor_s_is_passed_on()
    {
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => FetchAsync(new() { ["b"] = new InvalidTimeZoneException() }));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => CheckAsync(new() { ["a"] = new InvalidTimeZoneException() }));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => _calls.RunAsync<int>(_ => throw new InvalidTimeZoneException(), nativeName: null, Token));
    }

    [Fact]
    public async Task A_listing_is_read_to_its_last_page_and_an_empty_one_is_not_the_last()
    {
        IReadOnlyList<RemoteListing> found = await _calls.ListAsync(
            "prod/",
            (token, _) => Task.FromResult<(IEnumerable<RemoteListing>, string?)>(token switch
            {
                null => ([Listing("a")], "2"),
                "2" => ([], "3"),
                _ => ([Listing("b")], ""),
            }),
            Token);
        Assert.Equal(["a", "b"], found.Select(f => f.Name.Name));
    }

    [Fact]
    public async Task A_listing_that_fails_says_of_what_it_was()
    {
        SecretsSourceException failure = await Assert.ThrowsAsync<SecretsSourceException>(() => _calls.ListAsync("prod/", (_, _) => throw new DeniedException(), Token));
        Assert.Equal((SecretsErrorCode.AccessDenied, "prod/*"), (failure.Code, failure.NativeName));
    }

    private static RemoteListing Listing(string name) => new() { Name = new RemoteName(name), Stamp = "1" };

    private static string Told(RemoteSecret secret) =>
        secret.IsMissing ? "missing" : secret.Failure is { } failure ? $"{failure.Code} of {failure.NativeName}" : secret.Text!;

    private Task<IReadOnlyList<RemoteListing>?> CheckAsync(Dictionary<string, Exception?> failures) =>
        _calls.CheckEachAsync(_names, (name, _) => Task.FromResult(Ask(name, failures) ? Listing(name.Name) : null), Token);

    private Task<IReadOnlyList<RemoteSecret>> FetchAsync(Dictionary<string, Exception?> failures) =>
        _calls.FetchEachAsync(_names, (name, _) => Task.FromResult(new RemoteSecret { Name = name, Text = Ask(name, failures) ? "1" : null }), Token);

    private bool Ask(RemoteName name, Dictionary<string, Exception?> failures)
    {
        _asked.Add(name.Name);
        return !failures.TryGetValue(name.Name, out Exception? failure) || (failure is null ? false : throw failure);
    }

    private sealed class MissingException : Exception;

    private sealed class DeniedException : Exception;

    private sealed class BrokenException : Exception;

    private sealed class Failures : IVendorFailures
    {
        public static bool IsVendors(Exception failure, CancellationToken cancellationToken) => failure is MissingException or DeniedException or BrokenException;

        public static bool IsMissing(Exception failure) => failure is MissingException;

        public static bool IsLackOfPermission(Exception failure) => failure is DeniedException;

        public static bool IsOfOneSecret(Exception failure) => failure is DeniedException;

        public static SecretsSourceException Report(Exception failure, string sourceName, string place, string? nativeName) =>
            RemoteFailure.Make(failure is DeniedException ? SecretsErrorCode.AccessDenied : SecretsErrorCode.Unavailable, "x", todo: null, sourceName, place, nativeName);
    }
}
