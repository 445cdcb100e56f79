namespace Secrets.Vault;

/// <summary>The server cannot be called as the options or the variables say: no address, a file that cannot be read, an address of something else.</summary>
/// <param name="what">What is wrong.</param>
/// <param name="todo">What to do about it, a sentence without a capital letter.</param>
internal sealed class VaultSetupException(string what, string todo) : Exception(what)
{
    public string Todo { get; } = todo;
}
