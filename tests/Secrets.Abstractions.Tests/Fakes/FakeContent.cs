namespace Secrets.Tests.Fakes;

/// <summary>
/// What a fake source holds, in a notation for tables: <c>a.b = text; a.c = !AccessDenied; a.d = [x, y]; a.e = {}</c>
/// is a leaf, an unreadable one, an array and an empty section.
/// </summary>
internal static class FakeContent
{
    /// <summary>Gives the entries; with a file each has its own line, in a store each has a name such as <c>aws:a/b</c>.</summary>
    public static IEnumerable<SecretEntry> Read(string content, SecretsRequest request, string? file = null)
    {
        int line = 0;
        foreach (string entry in content.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = entry.IndexOf('=');
            SecretPath path = SecretPath.Parse(entry[..equals].Trim());
            SecretOrigin origin = file is null
                ? request.Origin($"{request.SourceName}:{string.Join('/', path.Segments)}")
                : request.Origin(file, ++line, 1);
            yield return new SecretEntry(path, Value(entry[(equals + 1)..].Trim(), origin));
        }
    }

    private static SecretValue Value(string text, SecretOrigin origin) => text switch
    {
        "{}" => SecretValue.FromSection([], origin),
        ['!', .. string code] => SecretValue.Unreadable(new SecretsSourceException(Enum.Parse<SecretsErrorCode>(code), "it failed"), origin),
        ['[', .. string elements, ']'] => SecretValue.FromArray(
            elements.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(e => SecretValue.FromText(e, origin)), origin),
        _ => SecretValue.FromText(text, origin),
    };
}
