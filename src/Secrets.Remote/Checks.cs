namespace Secrets.Remote;

/// <summary>Looks at the current version of many secrets, where that is a call for each and may not be permitted.</summary>
internal static class Checks
{
    /// <summary>
    /// Gives what <paramref name="check"/> gives for each name, or <see langword="null"/> where the first may not be looked at: then the others are not even asked for,
    /// since the permission is mostly given for all. One of the others that may not be looked at has no stamp, so that it alone is fetched.
    /// </summary>
    public static async Task<IReadOnlyList<RemoteListing>?> AllAsync<TFailure>(
        IReadOnlyCollection<RemoteName> names,
        int mostAtOnce,
        Func<RemoteName, CancellationToken, Task<RemoteListing?>> check,
        Func<TFailure, bool> isLackOfPermission,
        CancellationToken cancellationToken)
        where TFailure : Exception
    {
        RemoteListing? first;
        try
        {
            first = await check(names.First(), cancellationToken).ConfigureAwait(false);
        }
        catch (TFailure failure) when (isLackOfPermission(failure))
        {
            return null;
        }

        RemoteListing?[] others = await Gather.AllAsync([.. names.Skip(1)], mostAtOnce, OtherAsync, cancellationToken).ConfigureAwait(false);
        return [.. others.Prepend(first).OfType<RemoteListing>()];

        async Task<RemoteListing?> OtherAsync(RemoteName name, CancellationToken c)
        {
            try
            {
                return await check(name, c).ConfigureAwait(false);
            }
            catch (TFailure failure) when (isLackOfPermission(failure))
            {
                return new RemoteListing { Name = name };
            }
        }
    }
}
