using Secrets.Redaction;

namespace Secrets;

/// <summary>
/// A file is malformed, or a secret does not have the shape or the type that was asked for.
/// The message says where and what was expected; it never quotes the input.
/// </summary>
public sealed class SecretsFormatException : FormatException, ISecretsError
{
    /// <summary>Creates the exception for one place in a file.</summary>
    /// <param name="message">What was expected, without any part of the input.</param>
    /// <param name="file">The file as an editor finds it, or <see langword="null"/> where the input was not a file.</param>
    /// <param name="line">The line, counted from 1; 0 where it is not known.</param>
    /// <param name="column">The column in characters, counted from 1; 0 where it is not known.</param>
    public SecretsFormatException(string message, string? file = null, int line = 0, int column = 0)
        : base(Locate(message, file, line, column))
    {
        Problem = message;
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>Gets <see cref="SecretsErrorCode.InvalidFormat"/>.</summary>
    public SecretsErrorCode Code => SecretsErrorCode.InvalidFormat;

    /// <summary>Gets the file, or <see langword="null"/> where the input was not a file.</summary>
    public string? File { get; }

    /// <summary>Gets the line, counted from 1; 0 where it is not known.</summary>
    public int Line { get; }

    /// <summary>Gets the column in characters, counted from 1; 0 where it is not known.</summary>
    public int Column { get; }

    /// <summary>Gets a value indicating whether the input may be well formed, and is beyond a limit of its reader.</summary>
    internal bool IsBeyondLimit { get; init; }

    /// <summary>Gets the message without the place.</summary>
    internal string Problem { get; }

    private static string Locate(string message, string? file, int line, int column) => (file, line) switch
    {
        (null, 0) => message,
        (null, _) => $"({line},{column}): {message}",
        ({ } name, 0) => $"{PrintableText.Of(name)}: {message}",
        ({ } name, _) => $"{PrintableText.Of(name)}({line},{column}): {message}",
    };
}
