namespace Secrets.Redaction;

/// <summary>
/// The rules of what may be shown, in one place. A value is shown as <see cref="Mask"/>; paths, origins and codes are shown as they are;
/// of an exception that this library did not make only the type's name is passed on, since its text and data may quote a value.
/// </summary>
internal static class Redactor
{
    public const string Mask = "***";

    public static string Describe(SecretValue value) => value.Kind switch
    {
        SecretKind.Section => "a section",
        SecretKind.Array => "an array",
        SecretKind.Unreadable => "an unreadable secret",
        _ => "a value of kind " + value.Kind,
    };

    /// <summary>Copies an exception of this library with its facts. Throwing one object twice would show one caller's stack trace to another.</summary>
    public static Exception Clone(Exception exception) => exception switch
    {
        SecretsSourceException own => new SecretsSourceException(own, own.Message, own.SourceName),
        SecretsFormatException own => new SecretsFormatException(own.Problem, own.File, own.Line, own.Column),
        SecretNotFoundException own => new SecretNotFoundException(own.Message, own.Paths),
        SecretsFileNotFoundException own => new SecretsFileNotFoundException(own.Message, own.Paths, own.Places),
        _ => exception,
    };

    /// <summary>Gives an exception that may leave the library: the library's own with its facts alone, any other reduced to its type's name and its code.</summary>
    public static Exception Sanitize(Exception exception, string sourceName)
    {
        if (exception is SecretsSourceException or SecretsFormatException or SecretNotFoundException or SecretsFileNotFoundException)
        {
            exception.Data.Clear();
            return exception;
        }

        return new SecretsSourceException(
            (exception as ISecretsError)?.Code ?? SecretsErrorCode.Unknown,
            $"The source {sourceName} failed with {exception.GetType().FullName}; its message is not shown, because it may quote a secret.",
            sourceName);
    }
}
