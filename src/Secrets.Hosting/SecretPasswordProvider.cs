using System.Data.Common;

namespace Secrets.Hosting;

/// <summary>
/// Gives a database driver the password of a section, as it is when a connection opens. The two methods have the shape that Npgsql's <c>UsePasswordProvider</c> takes.
/// </summary>
public sealed class SecretPasswordProvider
{
    private readonly SecretsStore _store;
    private readonly string _section;
    private readonly string _passwordKey;
    private readonly string? _userKey;

    internal SecretPasswordProvider(SecretsStore store, string section, string passwordKey, string? userKey)
    {
        _store = store;
        _section = section;
        _passwordKey = passwordKey;
        _userKey = userKey;
    }

    /// <summary>Gives the password, and sets the user of the connection string where the section has one that rotates with it. Both come from one snapshot.</summary>
    /// <param name="connection">The connection string's builder; its <c>Username</c> is set.</param>
    /// <returns>The password, in plain text.</returns>
    /// <exception cref="SecretNotFoundException">The section, the user or the password is nowhere: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">The user or the password is not text: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">It is unreadable, with its code.</exception>
    public string GetPassword(DbConnectionStringBuilder connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        SecretsView section = _store.Section(_section);
        if (_userKey is not null)
        {
            connection["Username"] = section.GetString(_userKey);
        }

        return section.GetString(_passwordKey);
    }

    /// <summary>Does what <see cref="GetPassword"/> does; it completes at once, since the store keeps itself fresh.</summary>
    /// <param name="connection">The connection string's builder; its <c>Username</c> is set.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The password, in plain text.</returns>
    /// <exception cref="SecretNotFoundException">The section, the user or the password is nowhere: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFileNotFoundException">The same, where files are the only source and there is none: <see cref="SecretsErrorCode.NotFound"/>.</exception>
    /// <exception cref="SecretsFormatException">The user or the password is not text: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    /// <exception cref="SecretsSourceException">It is unreadable, with its code.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<string> GetPasswordAsync(DbConnectionStringBuilder connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(GetPassword(connection));
    }
}
