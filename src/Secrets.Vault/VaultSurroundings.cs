namespace Secrets.Vault;

/// <summary>What surrounds a program: the variables of its environment, the home directory, and the directory that relative paths count from.</summary>
/// <param name="variable">Gives a variable.</param>
/// <param name="home">The home directory, or empty where there is none.</param>
/// <param name="directory">Gives the directory; <see langword="null"/> where it does not exist any more.</param>
internal sealed class VaultSurroundings(Func<string, string?> variable, string home, Func<string?> directory)
{
    private static readonly string[] _prefixes = ["BAO_", "VAULT_"];

    /// <summary>Gets those of this process.</summary>
    public static VaultSurroundings OfProcess { get; } =
        new(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), CurrentDirectory);

    /// <summary>Gets the file in which <c>vault login</c> and <c>bao login</c> leave a token.</summary>
    public string? TokenFile => home.Length == 0 ? null : Path.Combine(home, ".vault-token");

    /// <summary>Gives these for a source that is added now: relative paths count from the builder's directory, or from the present one, whatever becomes of that.</summary>
    public VaultSurroundings At(SecretsBuilder builder)
    {
        string? current = directory();
        return new VaultSurroundings(variable, home, () => builder.ProjectDirectory ?? current);
    }

    /// <summary>Finds a variable of the command lines, OpenBao's before Vault's. An empty one counts as absent.</summary>
    /// <param name="name">The name without its prefix, as in <c>ADDR</c>.</param>
    public VaultVariable? Find(string name) =>
        _prefixes.Select(p => new VaultVariable(p + name, variable(p + name) ?? "")).FirstOrDefault(v => v.Value.Length > 0);

    /// <exception cref="ArgumentException">The path can be none.</exception>
    /// <exception cref="IOException">It is relative, and the current directory does not exist.</exception>
    public string FullPath(string path) => Path.IsPathFullyQualified(path)
        ? path
        : Path.GetFullPath(path, directory() ?? throw new IOException("The current directory does not exist."));

    private static string? CurrentDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
