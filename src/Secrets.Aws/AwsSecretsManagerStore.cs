using Secrets.Aws.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>Secrets Manager as a remote store: in groups of twenty, and one by one where that is not permitted.</summary>
internal sealed class AwsSecretsManagerStore(IAwsSecretsManagerApi api, string sourceName, Func<string?> region, RemoteCalls<AwsFailures> calls) : IRemoteStore
{
    // "BatchGetSecretValue" of the Secrets Manager API reference: SecretIdList has 1 to 20 items.
    private const int GroupSize = 20;

    // "CreateSecret" of the same reference: letters, digits and /_+=.@-.
    private static readonly NameRules _rules = new(
        separator: "/",
        allowed: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+=.@-",
        explanation: "the keys of a name are made of ASCII letters, digits and _+=.@-, with one / between two");

    public string Place => PlaceOf(region());

    public NameRules Rules => _rules;

    // A call for one secret needs one permission less than a group.
    public int CountCalls(IReadOnlyCollection<RemoteName> names)
    {
        int grouped = names.Count(n => n.Version is null);
        return names.Count - grouped + ((grouped + GroupSize - 1) / GroupSize);
    }

    public Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken) => calls.ListAsync(
        prefix,
        async (token, c) =>
        {
            AwsSecretList page = await api.ListSecretsAsync(prefix, token, c).ConfigureAwait(false);

            // The service's filter compares without regard to case.
            return (
                page.Secrets.Where(s => s.DeletedDate is null && s.Name.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(s => new RemoteListing { Name = new RemoteName(s.Name), Stamp = s.CurrentVersion(), Location = s.Arn }),
                page.NextToken);
        },
        cancellationToken);

    public async Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken)
    {
        RemoteName[] grouped = [.. names.Where(n => n.Version is null)];
        RemoteName[][] groups = grouped.Length == 1 ? [] : [.. grouped.Chunk(GroupSize)];
        RemoteName[] single = grouped.Length == 1 ? [.. names] : [.. names.Where(n => n.Version is not null)];
        Task<IReadOnlyList<RemoteSecret>> ones = calls.FetchEachAsync(single, FetchOneAsync, cancellationToken);
        Task<IReadOnlyList<RemoteSecret>[]> many = Gather.AllAsync(groups, int.MaxValue, FetchGroupAsync, cancellationToken);
        await Task.WhenAll(ones, many).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. await ones.ConfigureAwait(false), .. (await many.ConfigureAwait(false)).SelectMany(g => g)];
    }

    public Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken) =>
        calls.CheckEachAsync(names, CheckOneAsync, cancellationToken);

    public static string PlaceOf(string? region) => region is null ? "AWS Secrets Manager" : "AWS Secrets Manager in " + region;

    private async Task<RemoteListing?> CheckOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        AwsSecretDescription secret = await calls.TurnAsync(c => api.DescribeSecretAsync(name.Name, c), cancellationToken).ConfigureAwait(false);
        (string? stage, string? id) = AwsVersion.Read(name.Version);
        string? version = id ?? secret.VersionAt(stage ?? AwsSecretDescription.CurrentStage);
        return new RemoteListing { Name = name, Stamp = secret.DeletedDate is null ? version : null, Location = secret.Arn };
    }

    private async Task<IReadOnlyList<RemoteSecret>> FetchGroupAsync(RemoteName[] names, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadGroupAsync(names, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (AwsFailures.IsVendors(failure, cancellationToken))
        {
            // A group needs a permission of its own, and one secret can spoil the answer for twenty.
            return AwsFailures.MayBeOfOneAmongMany(failure)
                ? await calls.FetchApartAsync(names, FetchOneAsync, cancellationToken).ConfigureAwait(false)
                : [.. names.Select(n => calls.Failed(n, failure))];
        }
    }

    private async Task<IReadOnlyList<RemoteSecret>> ReadGroupAsync(RemoteName[] names, CancellationToken cancellationToken)
    {
        var answers = new List<RemoteSecret>(names.Length);
        RemoteName[] open = names;
        await Pages.ReadAsync(
            Place,
            sourceName,
            async (token, c) =>
            {
                AwsSecretBatch page = await calls.TurnAsync(t => api.BatchGetSecretValueAsync([.. names.Select(n => n.Name)], token, t), c).ConfigureAwait(false);
                foreach (RemoteName name in open)
                {
                    if (page.Secrets.FirstOrDefault(s => IsNamed(s, name.Name)) is { } secret)
                    {
                        answers.Add(Found(name, secret));
                    }
                    else if (page.Errors.FirstOrDefault(e => string.Equals(e.SecretId, name.Name, StringComparison.Ordinal)) is { } error)
                    {
                        answers.Add(Failed(name, error));
                    }
                }

                open = [.. open.Where(n => answers.TrueForAll(a => a.Name != n))];
                return page.NextToken;
            },
            cancellationToken).ConfigureAwait(false);

        // Saying nothing of a secret is not saying that there is none.
        return [.. answers, .. open.Select(n => new RemoteSecret { Name = n, Failure = AwsFailures.Unanswered(sourceName, Place, n.Name) })];
    }

    private async Task<RemoteSecret> FetchOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        (string? stage, string? id) = AwsVersion.Read(name.Version);
        return Found(name, await calls.TurnAsync(c => api.GetSecretValueAsync(name.Name, id, stage, c), cancellationToken).ConfigureAwait(false));
    }

    private RemoteSecret Failed(RemoteName name, AwsSecretError error) => AwsFailures.IsMissing(error.ErrorCode)
        ? new RemoteSecret { Name = name }
        : new RemoteSecret { Name = name, Failure = AwsFailures.Report(error.ErrorCode, sourceName, Place, name.Name) };

    private static RemoteSecret Found(RemoteName name, AwsSecret secret) => new()
    {
        Name = name,
        Location = secret.Arn,
        Version = secret.VersionId,
        Stamp = secret.VersionId,
        Text = secret.SecretString,
        Bytes = secret.SecretString is null ? secret.SecretBinary : null,
    };

    // An ARN may be asked for without the six random characters at its end.
    private static bool IsNamed(AwsSecret secret, string id) =>
        string.Equals(secret.Name, id, StringComparison.Ordinal)
        || string.Equals(secret.Arn, id, StringComparison.Ordinal)
        || (secret.Arn.StartsWith(id + "-", StringComparison.Ordinal) && secret.Arn.Length == id.Length + 7);
}
