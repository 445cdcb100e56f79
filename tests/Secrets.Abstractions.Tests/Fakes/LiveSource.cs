namespace Secrets.Tests.Fakes;

/// <summary>A local source whose content changes. <c>!Unavailable</c> for a content fails the load, and <c>?</c> is a store that does not exist.</summary>
internal class LiveSource(string name, string content = "", string? file = null) : ISecretsSource
{
    private readonly List<SecretsRequest> _requests = [];

    public string Name => name;

    public string Content { get; set; } = content;

    /// <summary>Gets or sets what happens before an answer.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Gets or sets what a batch is made of; <see cref="Content"/> unless given.</summary>
    public Func<SecretsRequest, SecretsBatch>? Answer { get; set; }

    public TimeSpan? RefreshAfter { get; set; }

    public int Calls => Requests.Count;

    public IReadOnlyList<SecretsRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Gets what the last load asked for; <c>*</c> is everything.</summary>
    public string LastAsked => FakeRemoteSource.Show(Requests[^1].Demands);

    public async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }

        await Before(cancellationToken);
        if (Answer is not null)
        {
            return Answer(request);
        }

        string now = Content;
        return now switch
        {
            "?" => new SecretsBatch([]) { IsMissing = true, Places = [file ?? name] },
            ['!', .. string code] when !now.Contains('=', StringComparison.Ordinal) =>
                throw new SecretsSourceException(Enum.Parse<SecretsErrorCode>(code), $"{name} failed.", name) { RequestId = "r1", Status = 503 },
            _ => new SecretsBatch(FakeContent.Read(now, request, file).Where(e => this is not ISecretsRemoteSource
                || request.Demands?.Any(d => IsConcerned(d, e.Path)) != false)) { RefreshAfter = RefreshAfter, State = now },
        };
    }

    private static bool IsConcerned(SecretDemand demand, SecretPath entry) =>
        demand.Spellings.Any(spelling => spelling.Segments.Zip(entry.Segments).All(pair => pair.First == pair.Second));
}
