namespace Secrets.Tests.Fakes;

/// <summary>A local source that gives what a test says, or fails as it says.</summary>
internal sealed class FakeSource(string name, Func<SecretsRequest, SecretsBatch> load) : ISecretsSource
{
    /// <summary>Makes a source of the content that <see cref="FakeContent"/> describes.</summary>
    public FakeSource(string name, string content, string? file = null)
        : this(name, request => new SecretsBatch(FakeContent.Read(content, request, file)) { Places = file is null ? [] : [file] })
    {
    }

    public string Name => name;

    /// <summary>Gets the threads that asked it.</summary>
    public List<int> Threads { get; } = [];

    /// <summary>Gets what an answer waits for.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    public static FakeSource Missing(string name, params string[] places) => new(name, _ => new SecretsBatch([]) { IsMissing = true, Places = places });

    public static FakeSource Failing(string name, SecretsErrorCode code) => new(name, _ => throw new SecretsSourceException(code, $"{name} failed.", name));

    public async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        await Gate.WaitAsync(cancellationToken);
        return load(request);
    }
}
