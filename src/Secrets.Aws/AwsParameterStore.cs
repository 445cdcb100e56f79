using System.Collections.Concurrent;
using Secrets.Aws.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>Parameter Store as a remote store: in groups of ten.</summary>
internal sealed class AwsParameterStore(IAwsParameterStoreApi api, string sourceName, Func<string?> region, RemoteCalls calls) : IRemoteBackend
{
    // "GetParameters" of the Systems Manager API reference: Names has 1 to 10 items.
    private const int GroupSize = 10;

    // "PutParameter" of the same reference: letters, digits and _.-, a / for each level.
    private static readonly NameRules _rules = new(
        separator: "/",
        allowed: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-",
        explanation: "the keys of a name are made of ASCII letters, digits and _.-, with one / between two");

    private readonly ConcurrentQueue<string> _warnings = new();

    public string Place => PlaceOf(region());

    public NameRules Rules => _rules;

    public IReadOnlyList<string> Warnings => [.. _warnings.Distinct(StringComparer.Ordinal)];

    public int CountCalls(IReadOnlyCollection<RemoteName> names) => Groups(names).Count;

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
        catch (SecretsSourceException denial) when (AwsFailures.IsDenial(denial.VendorCode))
        {
            throw AwsFailures.ReportListing(
                denial,
                $"let this program's role call ssm:GetParametersByPath on parameter{prefix.TrimEnd('/')}, or require the paths that it reads, so that nothing is listed.",
                sourceName,
                Place,
                prefix);
        }
    }

    public async Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken)
    {
        IReadOnlyList<RemoteSecret>[] groups = await Gather.AllAsync(Groups(names), int.MaxValue, FetchGroupAsync, cancellationToken).ConfigureAwait(false);
        return [.. groups.SelectMany(g => g).Select(s => AwsArn.ExplainRegion(s, region(), sourceName, Place))];
    }

    // DescribeParameters would tell versions without values, and can be granted for a whole account only.
    public Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyDictionary<RemoteName, string> stamps, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RemoteListing>?>(null);

    public static string PlaceOf(string? region) => region is null ? "AWS Parameter Store" : "AWS Parameter Store in " + region;

    // References to Secrets Manager stand apart: some servers fail, or leave encrypted, what is asked for together with one.
    private static IReadOnlyList<RemoteName[]> Groups(IReadOnlyCollection<RemoteName> names) =>
        [.. names.GroupBy(n => AwsParameterName.IsReference(n.Name)).SelectMany(g => g.Chunk(GroupSize))];

    private async Task<IReadOnlyList<RemoteSecret>> FetchGroupAsync(RemoteName[] names, CancellationToken cancellationToken)
    {
        try
        {
            AwsParameterBatch batch = await calls.TurnAsync(c => api.GetParametersAsync([.. names.Select(n => n.Name)], c), cancellationToken).ConfigureAwait(false);
            AwsParameterName[] group = [.. names.Select(n => new AwsParameterName(n.Name))];
            RemoteSecret[] answers = [.. names.Zip(group, (name, asked) => Answer(name, asked, group, batch)).OfType<RemoteSecret>()];
            RemoteName[] open = [.. names.Except(answers.Select(a => a.Name))];
            return open.Length == 0 ? answers : [.. answers, .. await FetchOpenAsync(open, isAlone: names.Length == 1, cancellationToken).ConfigureAwait(false)];
        }
        catch (Exception failure) when (AwsFailures.IsVendors(failure, cancellationToken))
        {
            // One that is denied takes its group along: the service has no errors for each.
            return names.Length > 1 && AwsFailures.MayBeOfOneAmongMany(failure)
                ? await FetchOpenAsync(names, isAlone: false, cancellationToken).ConfigureAwait(false)
                : [.. names.Select(n => calls.Failed(n, failure))];
        }
    }

    // Saying nothing of a parameter is not saying that there is none.
    private async Task<IReadOnlyList<RemoteSecret>> FetchOpenAsync(RemoteName[] names, bool isAlone, CancellationToken cancellationToken) => isAlone
        ? [.. names.Select(n => new RemoteSecret { Name = n, Failure = AwsFailures.Unanswered(sourceName, Place, n.Name) })]
        : await calls.FetchApartAsync(names, async (n, c) => (await FetchGroupAsync([n], c).ConfigureAwait(false))[0], cancellationToken).ConfigureAwait(false);

    private Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, bool withDecryption, CancellationToken cancellationToken) => calls.ListAsync(
        prefix,
        async (token, c) =>
        {
            AwsParameterList page = await api.GetParametersByPathAsync(prefix, token, withDecryption, c).ConfigureAwait(false);
            if (page.Parameters.Any(p => p.Name is null))
            {
                _warnings.Enqueue($"An entry below {prefix} in {Place} has no name, and is left out.");
            }

            return (page.Parameters.Where(p => p.Name?.StartsWith(prefix, StringComparison.Ordinal) == true).Select(p => Listing(p, withDecryption)), page.NextToken);
        },
        cancellationToken);

    private static RemoteListing Listing(AwsParameter parameter, bool isDecrypted)
    {
        var name = new RemoteName(parameter.Name!);
        bool isReadable = parameter.Value is not null && (isDecrypted || parameter.Type is "String" or "StringList");
        return new RemoteListing { Name = name, Secret = isReadable ? Found(name, parameter) : null };
    }

    private static RemoteSecret? Answer(RemoteName name, AwsParameterName asked, AwsParameterName[] group, AwsParameterBatch batch)
    {
        bool isAlone = group.Length == 1;
        AwsParameter? parameter = isAlone ? asked.FindAlone(batch.Parameters) : asked.Find(batch.Parameters, group);
        if (parameter?.Value is not null)
        {
            return Found(name, parameter);
        }

        bool isInvalid = batch.InvalidParameters.Contains(name.Name, StringComparer.Ordinal) || (isAlone && batch.Parameters.Count == 0 && batch.InvalidParameters.Count > 0);
        return isInvalid ? new RemoteSecret { Name = name } : null;
    }

    private static RemoteSecret Found(RemoteName name, AwsParameter parameter)
    {
        bool isList = string.Equals(parameter.Type, "StringList", StringComparison.Ordinal);
        return new RemoteSecret
        {
            Name = name,
            Location = parameter.Arn,
            Version = parameter.Version is > 0 and { } version ? FormattableString.Invariant($"{version}") : null,
            Text = isList ? null : parameter.Value,
            List = isList ? parameter.Value!.Split(',') : null,
        };
    }
}
