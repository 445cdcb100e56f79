using System.Collections.Concurrent;
using Secrets.Aws.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>Secrets Manager as a remote store: in groups of twenty, and one by one where that is not permitted.</summary>
internal sealed class AwsSecretsManagerStore(IAwsSecretsManagerApi api, string sourceName, Func<string?> region, RemoteCalls calls) : IRemoteBackend
{
    // "BatchGetSecretValue" of the Secrets Manager API reference: SecretIdList has 1 to 20 items.
    private const int GroupSize = 20;

    // "CreateSecret" of the same reference: letters, digits and /_+=.@-. AWS's own services put a ! into the names of the secrets that they manage: rds!db-….
    private static readonly NameRules _rules = new(
        separator: "/",
        allowed: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+=.@-!",
        explanation: "the keys of a name are made of ASCII letters, digits and _+=.@-!, with one / between two");

    private readonly ConcurrentQueue<string> _warnings = new();

    public string Place => PlaceOf(region());

    public NameRules Rules => _rules;

    public IReadOnlyList<string> Warnings => [.. _warnings.Distinct(StringComparer.Ordinal)];

    public string HintWhereMissing(RemoteName name) => " A secret that has no value yet, or no version with that label, counts as missing too.";

    // A call for one secret needs one permission less than a group.
    public int CountCalls(IReadOnlyCollection<RemoteName> names)
    {
        int grouped = names.Count(n => n.Version is null);
        return names.Count - grouped + ((grouped + GroupSize - 1) / GroupSize);
    }

    public async Task<IReadOnlyList<RemoteListing>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.ListAsync(prefix, (token, c) => ListPageAsync(prefix, token, c), cancellationToken).ConfigureAwait(false);
        }
        catch (SecretsSourceException denial) when (AwsFailures.IsDenial(denial.VendorCode))
        {
            throw AwsFailures.ReportListing(
                denial,
                "let this program's role call secretsmanager:ListSecrets, which is granted on all resources (\"*\") alone, or require the paths that it reads, so that nothing is listed.",
                sourceName,
                Place,
                prefix);
        }
    }

    public async Task<IReadOnlyList<RemoteSecret>> FetchAsync(IReadOnlyCollection<RemoteName> names, CancellationToken cancellationToken)
    {
        RemoteName[] grouped = [.. names.Where(n => n.Version is null)];
        RemoteName[][] groups = grouped.Length == 1 ? [] : [.. grouped.Chunk(GroupSize)];
        RemoteName[] single = grouped.Length == 1 ? [.. names] : [.. names.Where(n => n.Version is not null)];
        Task<IReadOnlyList<RemoteSecret>> ones = calls.FetchEachAsync(single, FetchOneAsync, cancellationToken);
        Task<IReadOnlyList<RemoteSecret>[]> many = Gather.AllAsync(groups, int.MaxValue, FetchGroupAsync, cancellationToken);
        await Task.WhenAll(ones, many).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        IEnumerable<RemoteSecret> all = [.. await ones.ConfigureAwait(false), .. (await many.ConfigureAwait(false)).SelectMany(g => g)];
        return [.. all.Select(s => AwsArn.ExplainRegion(s, region(), sourceName, Place))];
    }

    public Task<IReadOnlyList<RemoteListing>?> CheckAsync(IReadOnlyDictionary<RemoteName, string> stamps, CancellationToken cancellationToken) =>
        calls.CheckEachAsync([.. stamps.Keys], CheckOneAsync, cancellationToken);

    public static string PlaceOf(string? region) => region is null ? "AWS Secrets Manager" : "AWS Secrets Manager in " + region;

    private async Task<(IEnumerable<RemoteListing> Page, string? Next)> ListPageAsync(string prefix, string? token, CancellationToken cancellationToken)
    {
        AwsSecretList page = await api.ListSecretsAsync(prefix, token, cancellationToken).ConfigureAwait(false);
        if (page.Secrets.Any(s => s.Name is null))
        {
            _warnings.Enqueue($"An entry below {prefix} in {Place} has no name, and is left out.");
        }

        // Some servers find the prefix anywhere in a name, or without regard to case.
        return (
            page.Secrets.Where(s => s.DeletedDate is null && s.Name?.StartsWith(prefix, StringComparison.Ordinal) == true)
                .Select(s => new RemoteListing { Name = new RemoteName(s.Name!), Stamp = s.CurrentVersion(), Location = s.Arn }),
            page.NextToken);
    }

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
        var secrets = new List<AwsSecret>(names.Length);
        var errors = new List<AwsSecretError>();
        await Pages.ReadAsync(
            Place,
            sourceName,
            async (token, c) =>
            {
                AwsSecretBatch page = await calls.TurnAsync(t => api.BatchGetSecretValueAsync([.. names.Select(n => n.Name)], token, t), c).ConfigureAwait(false);
                secrets.AddRange(page.Secrets);
                errors.AddRange(page.Errors);
                return page.NextToken;
            },
            cancellationToken).ConfigureAwait(false);

        // Saying nothing of a secret is not saying that there is none, and an error may name another spelling than was asked for, or nothing.
        RemoteSecret[] answers = [.. names.Select(n => Answer(n, secrets, errors)).OfType<RemoteSecret>()];
        RemoteName[] open = [.. names.Except(answers.Select(a => a.Name))];
        return open.Length == 0 ? answers : [.. answers, .. await calls.FetchApartAsync(open, FetchOneAsync, cancellationToken).ConfigureAwait(false)];
    }

    private RemoteSecret? Answer(RemoteName name, List<AwsSecret> secrets, List<AwsSecretError> errors)
    {
        if (secrets.Find(s => IsNamed(s, name.Name)) is { } secret)
        {
            return Found(name, secret);
        }

        AwsSecretError? error = errors.Find(e => string.Equals(e.SecretId, name.Name, StringComparison.Ordinal) && !string.IsNullOrEmpty(e.ErrorCode));
        return error is null ? null
            : AwsFailures.IsMissing(error.ErrorCode) ? new RemoteSecret { Name = name }
            : new RemoteSecret { Name = name, Failure = AwsFailures.Report(error.ErrorCode!, sourceName, Place, name.Name) };
    }

    private async Task<RemoteSecret> FetchOneAsync(RemoteName name, CancellationToken cancellationToken)
    {
        (string? stage, string? id) = AwsVersion.Read(name.Version);
        return Found(name, await calls.TurnAsync(c => api.GetSecretValueAsync(name.Name, id, stage, c), cancellationToken).ConfigureAwait(false));
    }

    // One that has neither text nor bytes, but a name, has no value yet: that is absence, as the service's own code for it says.
    private RemoteSecret Found(RemoteName name, AwsSecret secret) => new()
    {
        Name = name,
        Location = secret.Arn,
        Version = secret.VersionId,
        Stamp = secret.VersionId,
        Text = secret.SecretString,
        Bytes = secret.SecretString is null ? secret.SecretBinary : null,
        Failure = secret is { SecretString: null, SecretBinary: null, Arn: null, Name: null } ? AwsFailures.Unanswered(sourceName, Place, name.ToString()) : null,
    };

    // An ARN may be asked for without the six random characters at its end.
    private static bool IsNamed(AwsSecret secret, string id) =>
        string.Equals(secret.Name, id, StringComparison.Ordinal)
        || string.Equals(secret.Arn, id, StringComparison.Ordinal)
        || (secret.Arn?.Length == id.Length + 7 && secret.Arn.StartsWith(id + "-", StringComparison.Ordinal));
}
