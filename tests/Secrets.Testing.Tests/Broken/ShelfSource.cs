namespace Secrets.Testing.Tests.Broken;

/// <summary>A source over a <see cref="Shelf"/> that keeps every promise; each broken one breaks a piece of it.</summary>
internal class ShelfSource(Shelf shelf) : ISecretsChangeSignal
{
    public Shelf Shelf { get; } = shelf;

    public virtual string Name => "shelf";

    public virtual async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
    {
        CheckToken(cancellationToken);
        await Task.Yield();
        Shelf.Call();
        Task change = Shelf.Change;
        switch (Shelf.Fault)
        {
            case SourceFault.Missing:
                return Missing();
            case SourceFault.Silent:
                await WaitAsync(cancellationToken);
                break;
            case SourceFault.Unavailable or SourceFault.AccessDenied or SourceFault.Malformed:
                throw Failure(Shelf.Fault.Value, request);
        }

        IEnumerable<SecretEntry> entries = Shelf.Secrets.Where(s => IsAsked(s.Secret.Path, request)).SelectMany(s => Entry(s.Secret, s.Version, request));
        return new SecretsBatch(entries) { Places = ["shelf"], State = change };
    }

    public virtual async Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        await ((loaded?.State as Task) ?? Shelf.Change).WaitAsync(cancellationToken);

    public virtual string LocationOf(SecretPath path) => "shelf:" + path;

    protected virtual void CheckToken(CancellationToken cancellationToken) => cancellationToken.ThrowIfCancellationRequested();

    protected virtual Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    protected virtual SecretsBatch Missing() => new([]) { IsMissing = true, Places = ["shelf"] };

    protected virtual Exception Failure(SourceFault fault, SecretsRequest request) => new SecretsSourceException(CodeOf(fault), Message(fault), request.SourceName);

    protected virtual SecretsErrorCode CodeOf(SourceFault fault) => fault switch
    {
        SourceFault.Unavailable => SecretsErrorCode.Unavailable,
        SourceFault.AccessDenied => SecretsErrorCode.AccessDenied,
        _ => SecretsErrorCode.InvalidFormat,
    };

    protected virtual string Message(SourceFault fault) => "The shelf is " + fault;

    protected virtual bool IsAsked(SecretPath path, SecretsRequest request) =>
        request.Demands is null || request.Demands.Any(d => d.Spellings.Any(s => s.Segments.SequenceEqual(path.Segments.Take(s.Segments.Count))));

    protected virtual SecretOrigin Origin(SecretPath path, int version, SecretsRequest request) => request.Origin(LocationOf(path), $"v{version}");

    protected virtual IEnumerable<SecretEntry> Entry(SecretEntry secret, int version, SecretsRequest request)
    {
        SecretOrigin origin = Origin(secret.Path, version, request);
        yield return new SecretEntry(
            secret.Path,
            Shelf.Fault == SourceFault.SecretDenied && secret.Path == Shelf.Hit!.Path
                ? SecretValue.Unreadable(new SecretsSourceException(SecretsErrorCode.AccessDenied, "it is denied", request.SourceName), origin)
                : Value(secret.Value, origin));
    }

    protected virtual SecretValue Value(SecretValue stored, SecretOrigin origin) => stored.Kind == SecretKind.Bytes
        ? SecretValue.FromBytes(stored.RevealBytes(), origin)
        : SecretValue.FromText(stored.Kind, Text(stored.Reveal()), origin);

    protected virtual string Text(string stored) => stored;
}
