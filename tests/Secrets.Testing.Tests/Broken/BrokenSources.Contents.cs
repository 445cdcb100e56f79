namespace Secrets.Testing.Tests.Broken;

/// <content>Those that fail the checks of values, keys and origins.</content>
internal static partial class BrokenSources
{
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
}
