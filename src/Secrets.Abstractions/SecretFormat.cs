using Secrets.Documents;

namespace Secrets;

/// <summary>
/// How the text of one secret in a store becomes values. <see cref="Auto"/>, <see cref="Text"/> and <see cref="Json"/> are here; the TOML package has
/// <c>TomlFormat</c>, and a program may write its own.
/// </summary>
public abstract class SecretFormat
{
    /// <summary>Gets the format that takes a text which is a JSON object as a section, and every other text as it is: a number, a JSON array or a quoted string stays text.</summary>
    public static SecretFormat Auto { get; } = new JsonObjectFormat(isRequired: false);

    /// <summary>Gets the format that takes every text as it is.</summary>
    public static SecretFormat Text { get; } = new TextFormat();

    /// <summary>
    /// Gets the format that takes a JSON object (RFC 8259) as a section and refuses every other text. Within an object, as under <see cref="Auto"/>, null is
    /// absent, numbers and booleans keep their kind and their text, an array is one value (in which null is left out), a key that stands twice is a mistake, and 64 levels are the most.
    /// </summary>
    public static SecretFormat Json { get; } = new JsonObjectFormat(isRequired: true);

    /// <summary>Reads the text of one secret.</summary>
    /// <param name="text">The text, as the store gave it.</param>
    /// <param name="origin">Where the secret lives; what is found within it adds its own place, as in <c>…#/database/password</c>.</param>
    /// <returns>
    /// The leaves and their paths within the secret: what lies in a section has a path of several segments, and only an empty section is an entry itself.
    /// A text that is one value as a whole is one entry at <see cref="SecretPath.Root"/>.
    /// </returns>
    /// <exception cref="SecretsFormatException">The text is not of this format: <see cref="SecretsErrorCode.InvalidFormat"/>, without any of the text.</exception>
    public abstract IReadOnlyList<SecretEntry> Read(string text, SecretOrigin origin);
}
