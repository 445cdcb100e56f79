namespace Secrets;

/// <summary>Says which secret fills a property, a field or a parameter, where that is not its name in snake_case.</summary>
/// <param name="path">The path, below the section that is bound, as in <c>api_key</c> or <c>trello.api_key</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class SecretNameAttribute(string path) : Attribute
{
    /// <summary>Gets the path, below the section that is bound.</summary>
    public string Path { get; } = path ?? throw new ArgumentNullException(nameof(path));
}
