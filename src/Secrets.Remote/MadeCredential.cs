namespace Secrets.Remote;

/// <summary>A credential that a program makes of other secrets. Nothing stands in for one that is missing: the machine's own identity might be let in elsewhere.</summary>
internal static class MadeCredential
{
    /// <exception cref="SecretsSourceException">The function gave nothing: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static T Of<T>(Func<SecretsView, T> make, SecretsView view, string kind)
        where T : class =>
        make(view) ?? throw new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, "The function that makes the credential of other secrets gave none.", kind);
}
