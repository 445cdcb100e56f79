namespace Secrets.Vault;

/// <summary>There is nothing to log in with, or the login was refused; what the server said of it is not passed on.</summary>
internal sealed class VaultLoginException(string what, int? httpStatus = null) : Exception(what)
{
    public int? HttpStatus { get; } = httpStatus;
}
