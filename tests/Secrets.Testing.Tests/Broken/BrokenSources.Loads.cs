using System.Globalization;

namespace Secrets.Testing.Tests.Broken;

/// <content>Those that fail the checks of reloads, instances, chains and abilities.</content>
internal static partial class BrokenSources
{
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
