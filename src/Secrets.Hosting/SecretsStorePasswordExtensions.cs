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
    /// <returns>The callbacks.</returns>
    /// <exception cref="ArgumentException">A text is not a path.</exception>
    public static SecretPasswordProvider PasswordProvider(this SecretsStore store, string section, string passwordKey = "password")
    {
        ArgumentNullException.ThrowIfNull(store);
        _ = SecretPath.Parse(section);
        _ = SecretPath.Parse(passwordKey);
        return new SecretPasswordProvider(store, section, passwordKey);
    }
}
