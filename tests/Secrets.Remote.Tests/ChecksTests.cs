namespace Secrets.Remote;

public class ChecksTests
{
    private static readonly RemoteName[] _names = [new("a"), new("b"), new("c")];

    private readonly List<string> _asked = [];

    [Fact]
    public async Task Each_name_is_looked_at_and_what_is_missing_left_out()
    {
        IReadOnlyList<RemoteListing>? found = await CheckAsync(missing: "b");
        Assert.Equal(["a=1", "c=1"], found!.Select(f => $"{f.Name}={f.Stamp}"));
    }

    [Fact]
    public async Task One_that_may_not_be_looked_at_has_no_stamp()
    {
        IReadOnlyList<RemoteListing>? found = await CheckAsync(denied: "b");
        Assert.Equal(["a=1", "b=", "c=1"], found!.Select(f => $"{f.Name}={f.Stamp}"));
    }

    [Fact]
    public async Task Where_the_first_may_not_be_looked_at_no_other_is_asked_for()
    {
        Assert.Null(await CheckAsync(denied: "a"));
        Assert.Equal(["a"], _asked);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("c")]
    public async Task Another_failure_is_thrown(string broken) =>
        await Assert.ThrowsAsync<IOException>(() => CheckAsync(broken: broken));

    private Task<IReadOnlyList<RemoteListing>?> CheckAsync(string? missing = null, string? denied = null, string? broken = null) =>
        Checks.AllAsync<UnauthorizedAccessException>(
            _names,
            mostAtOnce: 1,
            (name, _) =>
            {
                _asked.Add(name.Name);
                return name.Name == denied ? throw new UnauthorizedAccessException()
                    : name.Name == broken ? throw new IOException()
                    : Task.FromResult(name.Name == missing ? null : new RemoteListing { Name = name, Stamp = "1" });
            },
            _ => true,
            TestContext.Current.CancellationToken);
}
