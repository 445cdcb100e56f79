using Secrets.Remote.Calls;

namespace Secrets.Remote.Loading;

/// <summary>
/// Turns the answer for one secret into entries of the view. The rules of what cannot be read, in one place:
/// <list type="number">
/// <item>A secret that fails is one unreadable entry at its path.</item>
/// <item>The fields of a secret without a path are keys of the root: there it fails the first load, and later each of its keys is unreadable, so that its last value is held.</item>
/// <item>A document that became text where keys lay below it, or the other way round, is malformed: it must not look like keys that were removed.</item>
/// </list>
/// </summary>
internal sealed class RemoteReader(SecretsRequest request)
{
    /// <summary>Gets the texts of failures that no entry can show.</summary>
    public List<string> Warnings { get; } = [];

    /// <param name="mount">The secret and its place in the view.</param>
    /// <param name="lastGood">The last result without a failure; <see langword="null"/> where there was none.</param>
    /// <param name="answer">The store's answer, which is not absence.</param>
    /// <param name="location">Where the secret lives, in the store's own notation.</param>
    /// <exception cref="SecretsSourceException">In a first load: a secret without a path cannot be read.</exception>
    public RemoteRead Read(RemoteMount mount, RemoteRead? lastGood, RemoteAnswer answer, string location)
    {
        SecretOrigin origin = request.Origin(location, answer.Secret?.Version);
        SecretsSourceException? failure = answer.Failure;
        IReadOnlyList<SecretEntry> found = [];
        if (answer.Secret is { } secret)
        {
            try
            {
                found = Parse(mount, secret, origin);
                failure = FindMistake(mount, lastGood, found, secret, origin);
            }
            catch (SecretsFormatException mistake)
            {
                failure = Failure(mistake.Message, mount);
            }
        }

        if (failure is not null)
        {
            return new RemoteRead(mount, answer, Unreadable(mount, lastGood, failure, origin), failure) { LastGood = lastGood };
        }

        return answer.Secret?.Fingerprint is { } same && string.Equals(same, lastGood?.Fingerprint, StringComparison.Ordinal)
            ? new RemoteRead(mount, answer, lastGood!.Entries, failure: null)
            : new RemoteRead(mount, answer, [.. found.Select(e => new SecretEntry(mount.At.Append(e.Path), e.Value))], failure: null);
    }

    private static IReadOnlyList<SecretEntry> Parse(RemoteMount mount, RemoteSecret secret, SecretOrigin origin) => secret switch
    {
        { Bytes: { } bytes } => [new SecretEntry(SecretPath.Root, SecretValue.FromBytes(bytes, origin))],
        { List: { } list } => [new SecretEntry(SecretPath.Root, SecretValue.FromArray(list.Select(text => SecretValue.FromText(text, origin)), origin))],
        _ => mount.Format.Read(secret.Text!, origin),
    };

    private static bool IsLeaf(IReadOnlyList<SecretEntry> found) => found is [{ Path.Segments.Count: 0, Value.Kind: not SecretKind.Section }];

    private SecretsSourceException? FindMistake(RemoteMount mount, RemoteRead? lastGood, IReadOnlyList<SecretEntry> found, RemoteSecret secret, SecretOrigin origin)
    {
        if (mount.At.Segments.Count == 0)
        {
            return found.Any(e => e.Path.Segments.Count == 0)
                ? Failure($"{NotAnObject(secret, origin)}. The fields of a secret without a path are keys of the root: correct it, or give it a path (at: \"…\").", mount)
                : null;
        }

        if (IsLeaf(found))
        {
            return found[0].Value.Kind != SecretKind.Array && KeyBelow(mount, lastGood) is { } key
                ? Failure($"{NotAnObject(secret, origin)}. The key {key} lies below it: store a JSON object that has it.", mount)
                : null;
        }

        return found.Count > 0 && WasLeaf(mount, lastGood)
            ? Failure($"{origin.Location} is an object with fields, and was one value before: store that again, or restart the program.", mount)
            : null;
    }

    private static string NotAnObject(RemoteSecret secret, SecretOrigin origin)
    {
        try
        {
            // The text may be meant as an object and have a mistake.
            _ = SecretFormat.Json.Read(secret.Text ?? "", origin);
        }
        catch (SecretsFormatException mistake) when (secret.Text.AsSpan().TrimStart("\uFEFF \t\r\n") is ['{', ..])
        {
            return mistake.Message;
        }
        catch (SecretsFormatException)
        {
            // It was never meant as one.
        }

        return $"{origin.Location} is not an object with fields";
    }

    private SecretPath? KeyBelow(RemoteMount mount, RemoteRead? lastGood) => request.Demands is { } demands
        ? demands.Select(d => d.Path).FirstOrDefault(p => p.Segments.Count > mount.At.Segments.Count && p.StartsWith(mount.At, request.KeyComparison))
        : lastGood?.Entries.Select(e => e.Path).FirstOrDefault(p => p.Segments.Count > mount.At.Segments.Count);

    private bool WasLeaf(RemoteMount mount, RemoteRead? lastGood) =>
        lastGood?.Entries is [{ Value.Kind: not SecretKind.Section } leaf]
        && leaf.Path.Segments.Count == mount.At.Segments.Count
        && request.Demands?.All(d => d.Path.Segments.Count > mount.At.Segments.Count) != true;

    private SecretEntry[] Unreadable(RemoteMount mount, RemoteRead? lastGood, SecretsSourceException failure, SecretOrigin origin)
    {
        if (mount.At.Segments.Count > 0)
        {
            return [new SecretEntry(mount.At, SecretValue.Unreadable(failure, origin))];
        }

        if (request.Previous is null)
        {
            throw failure;
        }

        if (lastGood is null)
        {
            Warnings.Add(failure.Message);
        }

        return [.. (lastGood?.Entries ?? []).Select(e => new SecretEntry(e.Path, SecretValue.Unreadable(failure, origin)))];
    }

    private SecretsSourceException Failure(string message, RemoteMount mount) =>
        new(SecretsErrorCode.InvalidFormat, mount.Name.Version is null ? message : $"{mount.Name}: {message}", request.SourceName) { NativeName = mount.Name.Name };
}
