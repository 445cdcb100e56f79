namespace Secrets.Tests.Fakes;

/// <summary>A remote source that answers what it is asked for, counts its calls and records its requests.</summary>
internal sealed class FakeRemoteSource(string name, string content = "") : ISecretsRemoteSource
{
    public string Name => name;

    /// <summary>Gets what it was asked, load by load.</summary>
    public List<SecretsRequest> Requests { get; } = [];

    /// <summary>Gets the number of loads.</summary>
    public int Calls => Requests.Count;

    /// <summary>Gets the paths that the only load asked for, in the order asked; an optional one has a question mark, <c>*</c> is everything, and <c>-</c> no load.</summary>
    public string Asked => Calls == 0 ? "-" : Show(Assert.Single(Requests).Demands);

    /// <summary>Gets what happens before an answer; a failure, a wait, or a look at what others do meanwhile.</summary>
    public Func<CancellationToken, Task> Before { get; init; } = _ => Task.CompletedTask;

    public static string Show(IReadOnlyList<SecretDemand>? demands) =>
        demands is null ? "*" : string.Join(", ", demands.Select(d => d.Path + (d.IsRequired ? "" : "?")));

    public static FakeRemoteSource Failing(string name, SecretsErrorCode code) =>
        new(name) { Before = _ => throw new SecretsSourceException(code, $"{name} failed.", name) };

    public async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        lock (Requests)
        {
            Requests.Add(request);
        }

        await Before(cancellationToken);
        return new SecretsBatch(FakeContent.Read(content, request).Where(e => request.Demands is null || request.Demands.Any(d => Concerns(d, e.Path))))
        {
            Places = [$"{name}:*"],
        };
    }

    public SecretsSourcePlan Plan(SecretsRequest request) => request.Demands is { } demands
        ? new SecretsSourcePlan(request, [.. demands.Select(d => $"{name}:{string.Join('/', d.Path.Segments)}")], (demands.Count + 19) / 20)
        : new SecretsSourcePlan(request, [], calls: null);

    private static bool Concerns(SecretDemand demand, SecretPath entry) => demand.Spellings.Any(spelling =>
        spelling.Segments.Zip(entry.Segments).All(pair => pair.First == pair.Second));
}
