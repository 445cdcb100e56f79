namespace Secrets.Vault;

/// <summary>What may be behind a failure of a connection, noted where it is known and told where the failure is reported.</summary>
internal static class VaultHint
{
    private const string Key = "Secrets.Vault.Hint";

    public static void Note(Exception failure, string todo) => failure.Data[Key] = todo;

    /// <summary>Gives what was noted; <see langword="null"/> where nothing was.</summary>
    public static string? Of(Exception failure) => failure.Data[Key] as string;
}
