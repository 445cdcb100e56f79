namespace Secrets.Vault;

/// <summary>There is nothing to log in with, or the login was refused; what the server said of it is not passed on.</summary>
/// <param name="what">What happened.</param>
/// <param name="todo">What to do about it, a sentence without a capital letter.</param>
/// <param name="httpStatus">The status of the answer, where there was one.</param>
internal sealed class VaultLoginException(string what, string todo, int? httpStatus = null) : Exception(what)
{
    public string Todo { get; } = todo;

    public int? HttpStatus { get; } = httpStatus;

    public SecretsErrorCode Code { get; init; } = SecretsErrorCode.AccessDenied;
}
