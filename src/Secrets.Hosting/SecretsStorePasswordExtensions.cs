using Secrets.Hosting;

namespace Secrets;

/// <summary>Gives drivers of databases passwords that rotate.</summary>
public static class SecretsStorePasswordExtensions
{
    /// <summary>
    /// Gives the two callbacks that a driver asks for a password when a connection opens:
    /// <c>var password = secrets.PasswordProvider("database"); dataSource.UsePasswordProvider(password.GetPassword, password.GetPasswordAsync);</c>
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="section">The path of the section that holds the password.</param>
    /// <param name="passwordKey">The key of the password in the section.</param>
    /// <param name="userKey">
    /// The key of the user, where it rotates with the password, as with dynamic credentials or alternating users; <see langword="null"/> where the connection string names the user.
    /// </param>
    /// <returns>The callbacks.</returns>
    /// <exception cref="ArgumentException">A text is not a path.</exception>
    public static SecretPasswordProvider PasswordProvider(this SecretsStore store, string section, string passwordKey = "password", string? userKey = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _ = SecretPath.Parse(section);
        _ = SecretPath.Parse(passwordKey);
        _ = userKey is null ? null : SecretPath.Parse(userKey);
        return new SecretPasswordProvider(store, section, passwordKey, userKey);
    }
}
