namespace Secrets.Cli.Values;

/// <summary>When two values are the same secret.</summary>
internal static class SameValue
{
    /// <summary>Compares by text: another notation of the same secret, such as a number that dotenv holds as text, is no difference.</summary>
    public static bool Is(SecretValue first, SecretValue second) => (first.Kind, second.Kind) switch
    {
        (SecretKind.Unreadable, _) or (_, SecretKind.Unreadable) => false,
        (SecretKind.Array, SecretKind.Array) => AreSame(first.AsList(), second.AsList()),
        (SecretKind.Section, SecretKind.Section) => first.AsSection().Keys.SequenceEqual(second.AsSection().Keys, StringComparer.Ordinal)
            && AreSame([.. first.AsSection().Values], [.. second.AsSection().Values]),
        (SecretKind.Section, _) or (_, SecretKind.Section) or (SecretKind.Array, _) or (_, SecretKind.Array) => false,
        _ => first.RevealBytes().AsSpan().SequenceEqual(second.RevealBytes()),
    };

    private static bool AreSame(IReadOnlyList<SecretValue> first, IReadOnlyList<SecretValue> second) =>
        first.Count == second.Count && first.Zip(second).All(pair => Is(pair.First, pair.Second));
}
