using System.Data.Common;

namespace Secrets.Hosting;

/// <summary>
/// Gives a database driver the present password of a section whenever a connection opens. The two methods have the shape that Npgsql's <c>UsePasswordProvider</c> takes.
/// </summary>
public sealed class SecretPasswordProvider
{
    private readonly SecretsStore _store;
    private readonly string _section;
    private readonly string _passwordKey;

    internal SecretPasswordProvider(SecretsStore store, string section, string passwordKey)
    {
        _store = store;
        _section = section;
        _passwordKey = passwordKey;
    }

    /// <summary>Gives the present password.</summary>
    /// <param name="connection">The connection string's builder. It is not changed: a driver has already sent the user when it asks for the password.</param>
    /// <returns>The password, in plain text.</returns>
    /// <exception cref="SecretNotFoundException">The section or the password does not exist: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and no file exists: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">The password is not text: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">The password is unreadable, with the code that says why.</exception>
    public string GetPassword(DbConnectionStringBuilder connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return _store.Section(_section).GetString(_passwordKey);
    }

    /// <summary>Gives the present password, as <see cref="GetPassword"/> does. It completes at once, since the store keeps itself fresh.</summary>
    /// <param name="connection">The connection string's builder. It is not changed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The password, in plain text.</returns>
    /// <exception cref="SecretNotFoundException">The section or the password does not exist: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and no file exists: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">The password is not text: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">The password is unreadable, with the code that says why.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<string> GetPasswordAsync(DbConnectionStringBuilder connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(GetPassword(connection));
    }
}
