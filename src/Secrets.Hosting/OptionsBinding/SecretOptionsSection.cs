namespace Secrets.Hosting.OptionsBinding;

/// <summary>Which section of which store options are bound to.</summary>
/// <param name="name">The options' name.</param>
/// <param name="path">The section's path; <see langword="null"/> for the root.</param>
/// <param name="serviceKey">The store's key.</param>
internal sealed class SecretOptionsSection<T>(string name, string? path, object? serviceKey)
{
    public string Name { get; } = name;

    public string? Path { get; } = path;

    public object? ServiceKey { get; } = serviceKey;
}
