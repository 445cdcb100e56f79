namespace Secrets.Testing.Tests.Broken;

/// <content>Those that fail the checks of failures, leaks and cancellation.</content>
internal static partial class BrokenSources
{
    private sealed class Miscoded(Shelf shelf, SourceFault fault) : ShelfSource(shelf)
    {
        protected override SecretsErrorCode CodeOf(SourceFault happened) => happened == fault ? SecretsErrorCode.Unknown : base.CodeOf(happened);
    }

    private sealed class NamesKind(Shelf shelf) : ShelfSource(shelf)
    {
        protected override Exception Failure(SourceFault fault, SecretsRequest request) => new SecretsSourceException(CodeOf(fault), Message(fault), Name);
    }

    private sealed class OmitsDenied(Shelf shelf) : ShelfSource(shelf)
    {
        protected override IEnumerable<SecretEntry> Entry(SecretEntry secret, int version, SecretsRequest request) =>
            base.Entry(secret, version, request).Where(e => e.Value.Kind != SecretKind.Unreadable);
    }

    private sealed class MissingIsEmpty(Shelf shelf) : ShelfSource(shelf)
    {
        protected override SecretsBatch Missing() => SecretsBatch.Empty;
    }

    private sealed class Talkative(Shelf shelf) : ShelfSource(shelf)
    {
        public override string ToString() => "shelf of " + string.Join(", ", Shelf.Secrets.Select(s => s.Secret.Value.Kind == SecretKind.Bytes ? "" : s.Secret.Value.Reveal()));
    }

    private sealed class QuotesInput(Shelf shelf) : ShelfSource(shelf)
    {
        protected override string Message(SourceFault fault) => fault == SourceFault.Malformed ? "unexpected: " + Shelf.Hit!.Value.Reveal() : base.Message(fault);
    }

    private sealed class ReadsAnyway(Shelf shelf) : ShelfSource(shelf)
    {
        protected override void CheckToken(CancellationToken cancellationToken)
        {
        }
    }

    private sealed class WrapsCancellation(Shelf shelf) : ShelfSource(shelf)
    {
        protected override async Task WaitAsync(CancellationToken cancellationToken)
        {
            try
            {
                await base.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                throw new SecretsSourceException(SecretsErrorCode.Unavailable, "it took too long", Name);
            }
        }
    }
}
