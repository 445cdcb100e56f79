namespace Secrets;

/// <summary>Says which secret a member or a parameter is, where its name in snake_case is not it.</summary>
/// <param name="path">The path, below the section that is bound, as in <c>api_key</c> or <c>trello.api_key</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SecretNameAttribute(string path) : Attribute
{
    /// <summary>Gets the path, below the section that is bound.</summary>
    public string Path { get; } = path ?? throw new ArgumentNullException(nameof(path));
}
