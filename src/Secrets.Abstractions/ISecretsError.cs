namespace Secrets;

/// <summary>
/// What every exception of this library has in common: a code. It lets a program write one handler,
/// <c>catch (Exception e) when (e is ISecretsError { Code: SecretsErrorCode.Unavailable })</c>.
/// </summary>
public interface ISecretsError
{
    /// <summary>Gets why the secret or the source could not be read.</summary>
    SecretsErrorCode Code { get; }
}
