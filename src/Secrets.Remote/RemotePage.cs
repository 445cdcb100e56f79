namespace Secrets.Remote;

/// <summary>One page of a list of secrets.</summary>
public sealed class RemotePage
{
    /// <summary>Creates a page.</summary>
    /// <param name="secrets">The secrets on the page. It may be empty without being the last.</param>
    /// <param name="nextPageToken">What asks for the next page; <see langword="null"/> or empty if this is the last.</param>
    public RemotePage(IEnumerable<RemoteListedSecret> secrets, string? nextPageToken = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        Secrets = [.. secrets];
        NextPageToken = nextPageToken;
    }

    /// <summary>Gets the secrets on the page.</summary>
    public IReadOnlyList<RemoteListedSecret> Secrets { get; }

    /// <summary>Gets what asks for the next page; <see langword="null"/> or empty if this is the last.</summary>
    public string? NextPageToken { get; }

    /// <summary>Gets what is wrong on the page and was left out, as whole sentences without any value.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
