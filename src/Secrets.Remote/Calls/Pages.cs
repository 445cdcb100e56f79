namespace Secrets.Remote.Calls;

/// <summary>Follows the pages of a listing to the last one.</summary>
internal static class Pages
{
    /// <summary>Reads page after page, each with the token that the one before gave; a page may be empty and not the last.</summary>
    /// <param name="read">Reads the page of a token, <see langword="null"/> for the first, and gives the next one's.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RemoteException">A token came twice, so that the pages never end: <see cref="SecretsErrorCode.InvalidFormat"/>.</exception>
    public static async Task ReadAsync(Func<string?, CancellationToken, Task<string?>> read, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? token = null;
        do
        {
            token = await read(token, cancellationToken).ConfigureAwait(false);
            if (!string.IsNullOrEmpty(token) && !seen.Add(token))
            {
                throw new RemoteException(new RemoteFailure(RemoteFailureKind.Secret, SecretsErrorCode.InvalidFormat, "it gave the same page token twice, so that its pages never end"));
            }
        }
        while (!string.IsNullOrEmpty(token));
    }
}
