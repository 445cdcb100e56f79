using Amazon.Runtime;
using Secrets.Aws.Runtime;
using Secrets.Remote;

namespace Secrets.Aws;

/// <summary>Parameter Store as a remote store: in groups of ten.</summary>
internal sealed class AwsParameterStore(IAwsParameterStoreApi api, Func<string?> region) : IRemoteStore, IRemoteListing, IRemoteBatches
{
    // "GetParameters" of the Systems Manager API reference: Names has 1 to 10 items.
    private const int BatchSize = 10;

    // Marks the token of a page that is not decrypted, for this class alone. No token of the service has a space.
    private const string Undecrypted = "undecrypted ";

    public string Place => region() is { } found ? "AWS Parameter Store in " + found : "AWS Parameter Store";

    // "PutParameter" of the same reference: letters, digits and _.-, a / for each level.
    public RemoteNameRules NameRules => RemoteNameRules.Default;

    public Task<RemoteSecret?> ReadAsync(RemoteName name, CancellationToken cancellationToken) => AwsArn.ReadAsync(name, region, async () =>
    {
        AwsParameterBatch batch = await api.GetParametersAsync([name.Name], cancellationToken).ConfigureAwait(false);
        AwsParameterName asked = new(name.Name);
        return TryFind(name, asked, [asked], batch, out RemoteSecret? secret) ? secret : RemoteSecret.Unreadable(AwsFailures.Unanswered);
    });

    public async Task<RemotePage> ListAsync(string prefix, string? pageToken, CancellationToken cancellationToken)
    {
        bool withDecryption = pageToken?.StartsWith(Undecrypted, StringComparison.Ordinal) != true;
        string? token = withDecryption ? pageToken : pageToken![Undecrypted.Length..];
        try
        {
            AwsParameterList page = await api.GetParametersByPathAsync(prefix, string.IsNullOrEmpty(token) ? null : token, withDecryption, cancellationToken).ConfigureAwait(false);
            return new RemotePage(
                page.Parameters.Where(p => p.Name is not null).Select(p => Listed(p, withDecryption)),
                withDecryption || string.IsNullOrEmpty(page.NextToken) ? page.NextToken : Undecrypted + page.NextToken)
            {
                Warnings = page.Parameters.Any(p => p.Name is null) ? [$"An entry below {prefix} in {Place} has no name, and is left out."] : [],
            };
        }
        catch (AmazonServiceException failure) when (withDecryption && AwsFailures.IsOfKey(failure.ErrorCode))
        {
            // One parameter that its key does not decrypt fails the page. The list begins again without decryption, and those that are encrypted are then read by name.
            return new RemotePage([], Undecrypted);
        }
        catch (AmazonServiceException denial) when (AwsFailures.IsDenial(denial.ErrorCode))
        {
            throw AwsFailures.DeniedList(
                denial, $"let this program's role call ssm:GetParametersByPath on parameter{prefix.TrimEnd('/')}, or require the paths that it reads, so that nothing is listed.");
        }
    }

    // References to Secrets Manager stand apart: some servers fail, or leave encrypted, what is asked for together with one.
    public IEnumerable<IReadOnlyList<RemoteName>> Split(IReadOnlyCollection<RemoteName> names) =>
        names.GroupBy(n => AwsParameterName.IsReference(n.Name)).SelectMany(g => g.Chunk(BatchSize));

    // One that is denied takes its batch along: the service has no errors for each.
    public async Task<IReadOnlyDictionary<RemoteName, RemoteSecret?>> ReadBatchAsync(IReadOnlyList<RemoteName> names, CancellationToken cancellationToken)
    {
        AwsParameterBatch batch = await api.GetParametersAsync([.. names.Select(n => n.Name)], cancellationToken).ConfigureAwait(false);
        AwsParameterName[] group = [.. names.Select(n => new AwsParameterName(n.Name))];
        var answers = new Dictionary<RemoteName, RemoteSecret?>();
        foreach ((RemoteName name, AwsParameterName asked) in names.Zip(group))
        {
            if (TryFind(name, asked, group, batch, out RemoteSecret? secret))
            {
                answers[name] = AwsArn.Explain(name, secret, region());
            }
        }

        return answers;
    }

    private static RemoteListedSecret Listed(AwsParameter parameter, bool isDecrypted)
    {
        bool isReadable = parameter.Value is not null && (isDecrypted || parameter.Type is "String" or "StringList");
        return new RemoteListedSecret(parameter.Name!) { Secret = isReadable ? Found(parameter) : null };
    }

    // Saying nothing of a parameter is not saying that there is none.
    private static bool TryFind(RemoteName name, AwsParameterName asked, AwsParameterName[] group, AwsParameterBatch batch, out RemoteSecret? secret)
    {
        bool isAlone = group.Length == 1;
        AwsParameter? parameter = isAlone ? asked.FindAlone(batch.Parameters) : asked.Find(batch.Parameters, group);
        secret = parameter?.Value is null ? null : Found(parameter);
        return secret is not null
            || batch.InvalidParameters.Contains(name.Name, StringComparer.Ordinal)
            || (isAlone && batch.Parameters.Count == 0 && batch.InvalidParameters.Count > 0);
    }

    private static RemoteSecret Found(AwsParameter parameter)
    {
        string? version = parameter.Version is > 0 and { } number ? FormattableString.Invariant($"{number}") : null;
        return string.Equals(parameter.Type, "StringList", StringComparison.Ordinal)
            ? new RemoteSecret(parameter.Value!.Split(',')) { Location = parameter.Arn, Version = version }
            : new RemoteSecret(parameter.Value!) { Location = parameter.Arn, Version = version };
    }
}
