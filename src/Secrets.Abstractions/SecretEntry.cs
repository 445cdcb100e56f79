namespace Secrets;

/// <summary>One thing that a source found: a path and what is there.</summary>
/// <param name="path">The path, in the source's own spelling of the keys.</param>
/// <param name="value">A leaf, or a section with all that is below it; one that could not be read is <see cref="SecretValue.Unreadable"/>.</param>
public sealed class SecretEntry(SecretPath path, SecretValue value)
{
    /// <summary>Gets the path.</summary>
    public SecretPath Path { get; } = path ?? throw new ArgumentNullException(nameof(path));

    /// <summary>Gets the value.</summary>
    public SecretValue Value { get; } = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Gives the path alone.</summary>
    /// <returns>The path as text.</returns>
    public override string ToString() => Path.ToString();
}
