namespace Secrets.Remote.Loading;

/// <summary>A secret, or all whose names begin alike, and where it stands in the view.</summary>
/// <param name="name">The native name, or the beginning of several.</param>
/// <param name="at">The path; <see cref="SecretPath.Root"/> for fields that are keys of the root.</param>
/// <param name="format">How its text becomes values; <see cref="SecretFormat.Auto"/> unless given.</param>
internal sealed class RemoteMount(RemoteName name, SecretPath at, SecretFormat? format)
{
    public RemoteName Name { get; } = name;

    public SecretPath At { get; } = at;

    public SecretFormat Format { get; } = format ?? SecretFormat.Auto;
}
