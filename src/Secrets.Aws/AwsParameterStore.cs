using Secrets.Aws.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>Parameter Store as a remote store: in groups of ten.</summary>
internal sealed class AwsParameterStore(IAwsParameterStoreApi api, string sourceName, Func<string?> region, RemoteCalls<AwsFailures> calls) : IRemoteStore
{
    // "GetParameters" of the Systems Manager API reference: Names has 1 to 10 items.
    private const int GroupSize = 10;

    // "PutParameter" of the same reference: letters, digits and _.-, a / for each level.
    private static readonly NameRules _rules = new(
        separator: "/",
        allowed: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-",
        explanation: "the keys of a name are made of ASCII letters, digits and _.-, with one / between two");

    public string Place => PlaceOf(region());

    public NameRules Rules => _rules;

    public int CountCalls(IReadOnlyCollection<RemoteName> names) => (names.Count + GroupSize - 1) / GroupSize;

    public async Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(prefix, withDecryption: true, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretsSourceException failure) when (AwsFailures.IsOfKey(failure.VendorCode))
        {
            // One parameter that its key does not decrypt fails the page. Those that are encrypted are then fetched by name.
            return await ListAsync(prefix, withDecryption: false, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken)
    {
        IReadOnlyList<RemoteSecret>[] groups =
            await Gather.AllAsync([.. names.Chunk(GroupSize)], int.MaxValue, FetchGroupAsync, cancellationToken).ConfigureAwait(false);
        return [.. groups.SelectMany(g => g)];
    }

    // DescribeParameters would tell versions without values, and can be granted for a whole account only.
    public Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RemoteListing>?>(null);

    public static string PlaceOf(string? region) => region is null ? "AWS Parameter Store" : "AWS Parameter Store in " + region;

    private async Task<IReadOnlyList<RemoteSecret>> FetchGroupAsync(RemoteName[] names, CancellationToken cancellationToken)
    {
        try
        {
            AwsParameterBatch batch = await calls.TurnAsync(c => api.GetParametersAsync([.. names.Select(n => n.Name)], c), cancellationToken).ConfigureAwait(false);
            return [.. names.Select(n => Answer(n, batch))];
        }
        catch (Exception failure) when (AwsFailures.IsVendors(failure, cancellationToken))
        {
            // One that is denied takes its group along: the service has no errors for each.
            return names.Length > 1 && AwsFailures.MayBeOfOneAmongMany(failure)
                ? await calls.FetchApartAsync(names, async (n, c) => (await FetchGroupAsync([n], c).ConfigureAwait(false))[0], cancellationToken).ConfigureAwait(false)
                : [.. names.Select(n => calls.Failed(n, failure))];
        }
    }

    private Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, bool withDecryption, CancellationToken cancellationToken) => calls.ListAsync(
        prefix,
        async (token, c) =>
        {
            AwsParameterList page = await api.GetParametersByPathAsync(prefix, token, withDecryption, c).ConfigureAwait(false);
            return (page.Parameters.Where(p => p.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(p => Listing(p, withDecryption)), page.NextToken);
        },
        cancellationToken);

    private static RemoteListing Listing(AwsParameter parameter, bool isDecrypted)
    {
        var name = new RemoteName(parameter.Name);
        bool isReadable = isDecrypted || !string.Equals(parameter.Type, "SecureString", StringComparison.Ordinal);
        return new RemoteListing { Name = name, Secret = isReadable ? Found(name, parameter) : null };
    }

    private RemoteSecret Answer(RemoteName name, AwsParameterBatch batch)
    {
        if (batch.Parameters.FirstOrDefault(p => IsNamed(p, name.Name)) is { } parameter)
        {
            return Found(name, parameter);
        }

        // Saying nothing of a parameter is not saying that there is none.
        return batch.InvalidParameters.Contains(name.Name, StringComparer.Ordinal)
            ? new RemoteSecret { Name = name }
            : new RemoteSecret { Name = name, Failure = AwsFailures.Unanswered(sourceName, Place, name.Name) };
    }

    private static RemoteSecret Found(RemoteName name, AwsParameter parameter)
    {
        bool isList = string.Equals(parameter.Type, "StringList", StringComparison.Ordinal);
        return new RemoteSecret
        {
            Name = name,
            Location = parameter.Arn,
            Version = FormattableString.Invariant($"{parameter.Version}"),
            Text = isList ? null : parameter.Value,
            List = isList ? parameter.Value.Split(',') : null,
        };
    }

    // The answer has the name alone, and what chose the version apart: ":3".
    private static bool IsNamed(AwsParameter parameter, string asked) =>
        string.Equals(parameter.Name + parameter.Selector, asked, StringComparison.Ordinal)
        || string.Equals(parameter.Arn + parameter.Selector, asked, StringComparison.Ordinal);
}
