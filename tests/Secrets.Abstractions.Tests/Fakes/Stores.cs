using Secrets.Loading;

namespace Secrets.Tests.Fakes;

/// <summary>Makes stores of a few values, and values without a store.</summary>
internal static class Stores
{
    public static SecretOrigin Origin { get; } = new("test", "here", version: null, DateTimeOffset.UnixEpoch);

    public static SecretsStore Of(params (string Path, object? Value)[] values) => Chain(values).Build();

    public static SecretsBuilder Chain(params (string Path, object? Value)[] values) => new SecretsBuilder().AddInMemory(Pairs(values));

    /// <summary>Gives a store over one source that gave these values as they are, whatever their kind.</summary>
    public static SecretsStore OfValues(params (string Path, SecretValue Value)[] values) => new SecretsBuilder().Add(new BatchSource(values)).Build();

    public static Dictionary<string, object?> Section(params (string Key, object? Value)[] values) => new(Pairs(values));

    public static SecretValue Text(SecretKind kind, string text) => SecretValue.FromText(kind, text, Origin);

    public static SecretValue Unreadable(SecretsErrorCode code = SecretsErrorCode.AccessDenied) =>
        SecretValue.Unreadable(new SecretsSourceException(code, "the policy does not let it be read", "test"), Origin);

    private static IEnumerable<KeyValuePair<string, object?>> Pairs((string Key, object? Value)[] values) =>
        values.Select(v => KeyValuePair.Create(v.Key, v.Value));
}
