using Amazon.Runtime;
using Secrets.Aws.Runtime;
using Secrets.Remote;
using Secrets.Remote.Calls;

namespace Secrets.Aws;

/// <summary>Secrets Manager as a remote store: in groups of twenty, and one by one where that is not permitted.</summary>
internal sealed class AwsSecretsManagerStore(IAwsSecretsManagerApi api, Func<string?> region) : IRemoteStore, IRemoteListing, IRemoteVersions, IRemoteBatches
{
    // "BatchGetSecretValue" of the Secrets Manager API reference: SecretIdList has 1 to 20 items.
    private const int BatchSize = 20;

    // "CreateSecret" of the same reference: letters, digits and /_+=.@-. AWS's own services put a ! into the names of the secrets that they manage: rds!db-….
    private static readonly RemoteNameRules _rules = new(
        separator: "/",
        allowed: RemoteNameRules.Letters + "_+=.@-!",
        explanation: "the keys of a name are made of ASCII letters, digits and _+=.@-!, with one / between two");

    public string Place => region() is { } found ? "AWS Secrets Manager in " + found : "AWS Secrets Manager";

    public RemoteNameRules NameRules => _rules;

    public string HintIfMissing(RemoteName name) => "A secret that has no value yet, or no version with that label, counts as missing too.";

    public Task<RemoteSecret?> ReadAsync(RemoteName name, CancellationToken cancellationToken)
    {
        (string? stage, string? id) = AwsVersion.Read(name.Version);
        return AwsArn.ReadAsync(name, region, async () => Found(await api.GetSecretValueAsync(name.Name, id, stage, cancellationToken).ConfigureAwait(false)));
    }

    public async Task<RemotePage> ListAsync(string prefix, string? pageToken, CancellationToken cancellationToken)
    {
        try
        {
            // Some servers find the prefix anywhere in a name, or without regard to case: what does not begin with it is ignored.
            AwsSecretList page = await api.ListSecretsAsync(prefix, pageToken, cancellationToken).ConfigureAwait(false);
            return new RemotePage(
                page.Secrets.Where(s => s is { DeletedDate: null, Name: not null }).Select(s => new RemoteListedSecret(s.Name!) { Stamp = s.CurrentVersion(), Location = s.Arn }),
                page.NextToken)
            {
                Warnings = page.Secrets.Any(s => s.Name is null) ? [$"An entry below {prefix} in {Place} has no name, and is left out."] : [],
            };
        }
        catch (AmazonServiceException denial) when (AwsFailures.IsDenial(denial.ErrorCode))
        {
            throw AwsFailures.DeniedList(
                denial,
                "let this program's role call secretsmanager:ListSecrets, which is granted on all resources (\"*\") alone, or require the paths that it reads, so that nothing is listed.");
        }
    }

    public async Task<bool> IsCurrentAsync(RemoteName name, string stamp, CancellationToken cancellationToken)
    {
        AwsSecretDescription secret = await api.DescribeSecretAsync(name.Name, cancellationToken).ConfigureAwait(false);
        (string? stage, string? id) = AwsVersion.Read(name.Version);
        string? version = id ?? secret.VersionAt(stage ?? AwsSecretDescription.CurrentStage);
        return secret.DeletedDate is null && string.Equals(version, stamp, StringComparison.Ordinal);
    }

    // A call for one secret needs one permission less than a batch.
    public IEnumerable<IReadOnlyList<RemoteName>> Split(IReadOnlyCollection<RemoteName> names) =>
        [.. names.Where(n => n.Version is null).Chunk(BatchSize), .. names.Where(n => n.Version is not null).Chunk(1)];

    public async Task<IReadOnlyDictionary<RemoteName, RemoteSecret?>> ReadBatchAsync(IReadOnlyList<RemoteName> names, CancellationToken cancellationToken)
    {
        var secrets = new List<AwsSecret>(names.Count);
        var errors = new List<AwsSecretError>();
        await Pages.ReadAsync(
            async (token, c) =>
            {
                AwsSecretBatch page = await api.BatchGetSecretValueAsync([.. names.Select(n => n.Name)], token, c).ConfigureAwait(false);
                secrets.AddRange(page.Secrets);
                errors.AddRange(page.Errors);
                return page.NextToken;
            },
            cancellationToken).ConfigureAwait(false);

        // An error may name another spelling than was asked for, or nothing: then its secret is left out.
        var answers = new Dictionary<RemoteName, RemoteSecret?>();
        foreach (RemoteName name in names)
        {
            if (secrets.Find(s => IsNamed(s, name.Name)) is { } secret)
            {
                answers[name] = AwsArn.Explain(name, Found(secret), region());
            }
            else if (errors.Find(e => string.Equals(e.SecretId, name.Name, StringComparison.Ordinal) && !string.IsNullOrEmpty(e.ErrorCode)) is { ErrorCode: { } code })
            {
                answers[name] = AwsArn.Explain(name, AwsFailures.IsMissing(code) ? null : RemoteSecret.Unreadable(AwsFailures.OfCode(code)), region());
            }
        }

        return answers;
    }

    // One that has neither text nor bytes, but a name, has no value yet: that is absence, as the service's own code for it says.
    private static RemoteSecret? Found(AwsSecret secret) => secret switch
    {
        { SecretString: { } text } => new RemoteSecret(text) { Location = secret.Arn, Version = secret.VersionId, Stamp = secret.VersionId },
        { SecretBinary: { } bytes } => new RemoteSecret(bytes) { Location = secret.Arn, Version = secret.VersionId, Stamp = secret.VersionId },
        { Arn: null, Name: null } => RemoteSecret.Unreadable(AwsFailures.Unanswered),
        _ => null,
    };

    // An ARN may be asked for without the six random characters at its end.
    private static bool IsNamed(AwsSecret secret, string id) =>
        string.Equals(secret.Name, id, StringComparison.Ordinal)
        || string.Equals(secret.Arn, id, StringComparison.Ordinal)
        || (secret.Arn?.Length == id.Length + 7 && secret.Arn.StartsWith(id + "-", StringComparison.Ordinal));
}
