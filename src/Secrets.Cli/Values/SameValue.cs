namespace Secrets.Cli.Values;

/// <summary>When two values are the same secret.</summary>
internal static class SameValue
{
    /// <summary>Compares by text: another notation of the same secret, such as a number that dotenv holds as text, is no difference.</summary>
    public static bool Is(SecretValue first, SecretValue second) => (first.Kind, second.Kind) switch
    {
        (SecretKind.Unreadable, _) or (_, SecretKind.Unreadable) => false,
        (SecretKind.Section, _) or (_, SecretKind.Section) or (SecretKind.Array, _) or (_, SecretKind.Array) =>
            first.Kind == second.Kind && string.Equals(JsonText.Of(first), JsonText.Of(second), StringComparison.Ordinal),
        _ => first.RevealBytes().AsSpan().SequenceEqual(second.RevealBytes()),
    };
}
