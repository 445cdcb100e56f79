namespace Secrets.Remote.Credentials;

/// <summary>A credential that the program creates from other secrets. Nothing replaces one that is missing: the machine's own identity might be let in elsewhere.</summary>
internal static class CreatedCredential
{
    /// <exception cref="SecretsSourceException">The function returned nothing: <see cref="SecretsErrorCode.InvalidConfiguration"/>.</exception>
    public static T From<T>(Func<SecretsView, T> create, SecretsView view, string kind)
        where T : class =>
        create(view) ?? throw new SecretsSourceException(SecretsErrorCode.InvalidConfiguration, "The function that creates the credential from other secrets returned null: let it return one.", kind);
}
