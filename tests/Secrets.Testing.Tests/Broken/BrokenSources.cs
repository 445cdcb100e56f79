using System.Globalization;

namespace Secrets.Testing.Tests.Broken;

/// <summary>For each check a source that is right but for one mistake, and fails that check alone.</summary>
internal static class BrokenSources
{
    public static IReadOnlyDictionary<string, Func<Shelf, ISecretsSource>> ByCheck { get; } = new Dictionary<string, Func<Shelf, ISecretsSource>>(StringComparer.Ordinal)
    {
        ["values-text"] = shelf => new Unquoting(shelf),
        ["values-lines"] = shelf => new UnixLines(shelf),
        ["values-empty"] = shelf => new EmptyIsAbsent(shelf),
        ["values-large"] = shelf => new ShortBuffer(shelf),
        ["values-typed"] = shelf => new Untyped(shelf),
        ["values-bytes"] = shelf => new Base64(shelf),
        ["keys-nested"] = shelf => new Flat(shelf),
        ["keys-odd"] = shelf => new SplitsKeys(shelf),
        ["keys-equal"] = shelf => new LastOfEqualKeys(shelf),
        ["keys-missing"] = shelf => new EmptyForMissing(shelf),
        ["keys-many"] = shelf => new FirstPage(shelf),
        ["origins-name"] = shelf => new OwnName(shelf),
        ["origins-location"] = shelf => new Nowhere(shelf),
        ["origins-time"] = shelf => new OwnClock(shelf),
        ["origins-version"] = shelf => new OneVersion(shelf),
        ["failure-unavailable"] = shelf => new Miscoded(shelf, SourceFault.Unavailable),
        ["failure-denied"] = shelf => new Miscoded(shelf, SourceFault.AccessDenied),
        ["failure-malformed"] = shelf => new Miscoded(shelf, SourceFault.Malformed),
        ["failure-facts"] = shelf => new NamesKind(shelf),
        ["failure-secret"] = shelf => new OmitsDenied(shelf),
        ["store-missing"] = shelf => new MissingIsEmpty(shelf),
        ["leak-reading"] = shelf => new Talkative(shelf),
        ["leak-failing"] = shelf => new QuotesInput(shelf),
        ["cancel-before"] = shelf => new ReadsAnyway(shelf),
        ["cancel-during"] = shelf => new WrapsCancellation(shelf),
        ["reload-unchanged"] = shelf => new OnlyChanges(shelf),
        ["reload-update"] = shelf => new ComparesSizes(shelf),
        ["reload-delete"] = shelf => new NeverForgets(shelf),
        ["reload-recover"] = shelf => new RemembersFailure(shelf),
        ["instance-name"] = shelf => new Named(shelf),
        ["instance-constructor"] = shelf => new Eager(shelf),
        ["instance-parallel"] = shelf => new OneAtATime(shelf),
        ["instance-shared"] = shelf => new Stateful(shelf),
        ["instance-disposal"] = shelf => new LeavesTimer(shelf),
        ["instance-traces"] = shelf => new Exports(shelf),
        ["instance-culture"] = shelf => new UpperCase(shelf),
        ["chain-precedence"] = shelf => new Phantom(shelf),
        ["remote-plan"] = shelf => new Underestimates(shelf),
        ["remote-demand"] = shelf => new GivesAll(shelf),
        ["remote-optional"] = shelf => new RequiredOnly(shelf),
        ["lookup-copy"] = shelf => new LiveLookup(shelf),
        ["signal-change"] = shelf => new NoSignal(shelf),
    };

    private sealed class Unquoting(Shelf shelf) : ShelfSource(shelf)
    {
        protected override string Text(string stored) => stored is ['"', .. string inner, '"'] ? inner : stored;
    }

    private sealed class UnixLines(Shelf shelf) : ShelfSource(shelf)
    {
        protected override string Text(string stored) => stored.Replace("\r\n", "\n");
    }

    private sealed class EmptyIsAbsent(Shelf shelf) : ShelfSource(shelf)
    {
        protected override IEnumerable<SecretEntry> Entry(SecretEntry secret, int version, SecretsRequest request) =>
            secret.Value.RevealBytes().Length == 0 ? [] : base.Entry(secret, version, request);
    }

    private sealed class ShortBuffer(Shelf shelf) : ShelfSource(shelf)
    {
        protected override string Text(string stored) => stored[..Math.Min(stored.Length, 4096)];
    }

    private sealed class Untyped(Shelf shelf) : ShelfSource(shelf)
    {
        // A number with a point alone, so that other checks, which plant integers, are not concerned.
        protected override SecretValue Value(SecretValue stored, SecretOrigin origin) =>
            stored.Kind == SecretKind.Float && stored.Reveal() == "0.5" ? SecretValue.FromText(stored.Reveal(), origin) : base.Value(stored, origin);
    }

    private sealed class Base64(Shelf shelf) : ShelfSource(shelf)
    {
        protected override SecretValue Value(SecretValue stored, SecretOrigin origin) => stored.Kind == SecretKind.Bytes && stored.RevealBytes() is [0, 1, ..]
            ? SecretValue.FromText(Convert.ToBase64String(stored.RevealBytes()), origin)
            : base.Value(stored, origin);
    }

    private sealed class Flat(Shelf shelf) : ShelfSource(shelf)
    {
        protected override IEnumerable<SecretEntry> Entry(SecretEntry secret, int version, SecretsRequest request) =>
            base.Entry(secret, version, request).Select(e => e.Path.Segments.Count > 2 ? new SecretEntry(new SecretPath(e.Path.ToString()), e.Value) : e);
    }

    private sealed class SplitsKeys(Shelf shelf) : ShelfSource(shelf)
    {
        protected override IEnumerable<SecretEntry> Entry(SecretEntry secret, int version, SecretsRequest request) =>
            base.Entry(secret, version, request).Select(e => new SecretEntry(new SecretPath(e.Path.Segments.SelectMany(s => s.Split('.'))), e.Value));
    }

    private sealed class LastOfEqualKeys(Shelf shelf) : ShelfSource(shelf)
    {
        public override async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            SecretsBatch all = await base.LoadAsync(request, cancellationToken);
            var byKey = new Dictionary<string, SecretEntry>(StringComparer.OrdinalIgnoreCase);
            foreach (SecretEntry entry in all.Entries)
            {
                byKey[entry.Path.ToString().Replace('-', '_')] = entry;
            }

            return new SecretsBatch(byKey.Values) { IsMissing = all.IsMissing, Places = all.Places, State = all.State };
        }
    }

    private sealed class EmptyForMissing(Shelf shelf) : RemoteShelfSource(shelf)
    {
        public override async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            SecretsBatch all = await base.LoadAsync(request, cancellationToken);
            return new SecretsBatch(
            [
                .. all.Entries,
                .. (request.Demands ?? []).Where(d => !all.Entries.Any(e => e.Path == d.Path)).Select(d => new SecretEntry(d.Path, SecretValue.FromText("", request.Origin("shelf")))),
            ])
            { IsMissing = all.IsMissing, Places = all.Places, State = all.State };
        }
    }

    private sealed class FirstPage(Shelf shelf) : ShelfSource(shelf)
    {
        public override async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            SecretsBatch all = await base.LoadAsync(request, cancellationToken);
            return new SecretsBatch(all.Entries.Take(250)) { IsMissing = all.IsMissing, Places = all.Places, State = all.State };
        }
    }

    private sealed class OwnName(Shelf shelf) : ShelfSource(shelf)
    {
        protected override SecretOrigin Origin(SecretPath path, int version, SecretsRequest request) => new(Name, LocationOf(path), $"v{version}", request.ReadAt);
    }

    private sealed class Nowhere(Shelf shelf) : ShelfSource(shelf)
    {
        protected override SecretOrigin Origin(SecretPath path, int version, SecretsRequest request) =>
            Shelf.Fault is null && path.ToString() is "alpha" or "beta" ? request.Origin("the shelf", $"v{version}") : base.Origin(path, version, request);
    }

    private sealed class OwnClock(Shelf shelf) : ShelfSource(shelf)
    {
        protected override SecretOrigin Origin(SecretPath path, int version, SecretsRequest request) =>
            new(request.SourceName, LocationOf(path), $"v{version}", TimeProvider.System.GetUtcNow());
    }

    private sealed class OneVersion(Shelf shelf) : ShelfSource(shelf)
    {
        protected override SecretOrigin Origin(SecretPath path, int version, SecretsRequest request) => request.Origin(LocationOf(path), "latest");
    }

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

    private sealed class OnlyChanges(Shelf shelf) : ShelfSource(shelf)
    {
        public override async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            SecretsBatch all = await base.LoadAsync(request, cancellationToken);
            IEnumerable<SecretEntry> changed = all.Entries.Where(e => request.Previous?.Entries.Any(p => p.Path == e.Path && p.Value.Origin.Version == e.Value.Origin.Version) != true);
            return new SecretsBatch(changed) { IsMissing = all.IsMissing, Places = all.Places, State = all.State };
        }
    }

    private sealed class ComparesSizes(Shelf shelf) : ShelfSource(shelf)
    {
        public override async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            SecretsBatch all = await base.LoadAsync(request, cancellationToken);
            return request.Previous is { } previous && Sizes(previous).SequenceEqual(Sizes(all)) ? previous : all;
        }

        private static IEnumerable<int> Sizes(SecretsBatch batch) => batch.Entries.Select(e => e.Value.Kind == SecretKind.Unreadable ? -1 : e.Value.RevealBytes().Length);
    }

    private sealed class NeverForgets(Shelf shelf) : ShelfSource(shelf)
    {
        public override async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            SecretsBatch all = await base.LoadAsync(request, cancellationToken);
            IEnumerable<SecretEntry> gone = request.Previous?.Entries.Where(p => !all.Entries.Any(e => e.Path == p.Path)) ?? [];
            return new SecretsBatch([.. all.Entries, .. gone]) { IsMissing = all.IsMissing, Places = all.Places, State = all.State };
        }
    }

    private sealed class RemembersFailure(Shelf shelf) : ShelfSource(shelf)
    {
        private bool _hasFailed;

        public override async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            try
            {
                SecretsBatch batch = await base.LoadAsync(request, cancellationToken);
                return _hasFailed ? throw Failure(SourceFault.Unavailable, request) : batch;
            }
            catch (SecretsSourceException)
            {
                _hasFailed = true;
                throw;
            }
        }
    }

    private sealed class Named(Shelf shelf) : ShelfSource(shelf)
    {
        public override string Name => "The shelf #1";
    }

    private sealed class Eager : ShelfSource
    {
        public Eager(Shelf shelf)
            : base(shelf) =>
            shelf.Call();
    }

    private sealed class OneAtATime(Shelf shelf) : ShelfSource(shelf)
    {
        private int _loads;

        public override async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _loads) > 1)
            {
                throw new SecretsSourceException(SecretsErrorCode.Unavailable, "the shelf is in use", request.SourceName);
            }

            try
            {
                // Long enough for another to come, where others do.
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
                return await base.LoadAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _loads);
            }
        }
    }

    private sealed class Stateful(Shelf shelf) : ShelfSource(shelf)
    {
        private Task? _seen;

        public override async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            SecretsBatch all = await base.LoadAsync(request, cancellationToken);
            bool isSame = ReferenceEquals(_seen, all.State);
            _seen = (Task?)all.State;
            return isSame && request.Previous is { } previous ? previous : all;
        }
    }

    private sealed class LeavesTimer(Shelf shelf) : ShelfSource(shelf)
    {
        public override ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            _ = request.TimeProvider.CreateTimer(_ => { }, state: null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan);
            return base.LoadAsync(request, cancellationToken);
        }
    }

    private sealed class Exports(Shelf shelf) : ShelfSource(shelf)
    {
        public const string Variable = "SECRETS_TESTS_BROKEN_SOURCE";

        public override ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            Environment.SetEnvironmentVariable(Variable, Guid.NewGuid().ToString());
            return base.LoadAsync(request, cancellationToken);
        }
    }

    private sealed class UpperCase(Shelf shelf) : ShelfSource(shelf)
    {
        protected override IEnumerable<SecretEntry> Entry(SecretEntry secret, int version, SecretsRequest request) =>
            base.Entry(secret, version, request).Where(e => e.Path.ToString().ToUpper(CultureInfo.CurrentCulture).All(c => c != 'İ'));
    }

    private sealed class Phantom(Shelf shelf) : ShelfSource(shelf)
    {
        public override async ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            SecretsBatch all = await base.LoadAsync(request, cancellationToken);
            return all.IsMissing || all.Entries.Any(e => e.Path.Segments[0] == "gamma")
                ? all
                : new SecretsBatch([.. all.Entries, new SecretEntry(new SecretPath("gamma"), SecretValue.FromText("default", request.Origin("shelf")))]) { Places = all.Places, State = all.State };
        }
    }

    private sealed class Underestimates(Shelf shelf) : RemoteShelfSource(shelf)
    {
        public override ValueTask<SecretsBatch> LoadAsync(SecretsRequest request, CancellationToken cancellationToken)
        {
            Shelf.Call();
            return base.LoadAsync(request, cancellationToken);
        }
    }

    private sealed class GivesAll(Shelf shelf) : RemoteShelfSource(shelf)
    {
        protected override bool IsAsked(SecretPath path, SecretsRequest request) => true;
    }

    private sealed class RequiredOnly(Shelf shelf) : RemoteShelfSource(shelf)
    {
        protected override bool IsAsked(SecretPath path, SecretsRequest request) =>
            base.IsAsked(path, request) && request.Demands?.Any(d => !d.IsRequired && d.Path == path) != true;
    }

    private sealed class LiveLookup(Shelf shelf) : LookupShelfSource(shelf)
    {
        private readonly Shelf _shelf = shelf;

        public override SecretValue? Find(SecretPath path, SecretsBatch loaded, bool isElsewhere) =>
            base.Find(path, loaded, isElsewhere) is { Kind: SecretKind.String } value && _shelf.Secrets.FirstOrDefault(s => s.Secret.Path == path).Secret is { } now
                ? SecretValue.FromText(now.Value.Reveal(), value.Origin)
                : base.Find(path, loaded, isElsewhere);
    }

    private sealed class NoSignal(Shelf shelf) : ShelfSource(shelf)
    {
        public override Task WaitForChangeAsync(SecretsBatch? loaded, TimeProvider timeProvider, CancellationToken cancellationToken) =>
            Task.Delay(Timeout.InfiniteTimeSpan, timeProvider, cancellationToken);
    }
}
